// The snippet for websites: which may use it, its key, and what to paste.
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Field } from '../../components/Field.tsx';
import { Card } from '../../components/Page.tsx';
import { ErrorState, Loading } from '../../components/States.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { useToast } from '../../components/Toasts.tsx';
import { useForm } from '../../components/use-form.ts';
import type { Workspace } from '../../api/contract.ts';
import { useCan } from '../../api/session.ts';
import { useChangeWorkspace, useWorkspace } from '../../api/settings.ts';
import { readOrigins, snippetCode } from './snippet.ts';

export function SnippetPart() {
  const { data, error, refetch } = useWorkspace();
  if (data) return <Loaded key={data.snippet.origins.join()} snippet={data.snippet} />;
  return <Card>{error ? <ErrorState error={error} retry={() => void refetch()} /> : <Loading lines={6} />}</Card>;
}

function Loaded({ snippet }: { snippet: Workspace['snippet'] }) {
  const canWrite = useCan('workspace:write');
  const change = useChangeWorkspace();
  const { toast, toastError } = useToast();
  const form = useForm({ origins: snippet.origins.join('\n') });
  const [isAsking, setAsking] = useState(false);
  const code = snippet.public_key === null ? null : snippetCode(snippet.script_url, snippet.public_key);
  return (
    <div className="space-y-4 sm:space-y-5">
      <Card
        title="Websites"
        description="Pages of these may report conversions from the browser. One address per line, as https://www.example.com."
      >
        <form
          className="space-y-3"
          onSubmit={(event) => {
            event.preventDefault();
            change.mutate(
              { snippet: { origins: readOrigins(form.values.origins) } },
              { onSuccess: () => toast({ title: 'The websites are saved' }) },
            );
          }}
        >
          <Field label="Websites" error={change.error?.message}>
            {(control) => (
              <textarea
                {...control}
                rows={3}
                disabled={!canWrite}
                spellCheck={false}
                placeholder="https://www.example.com"
                className="input font-mono"
                value={form.values.origins}
                onChange={(event) => form.set('origins', event.currentTarget.value)}
              />
            )}
          </Field>
          {canWrite && (
            <Button type="submit" busy={change.isPending} disabled={!form.isDirty}>
              Save the websites
            </Button>
          )}
        </form>
      </Card>
      <Card
        title="Paste this into your pages"
        description={code === null ? undefined : 'Before the end of the body. It sends nothing by itself.'}
        actions={code !== null && <CopyButton text={code} what="snippet" />}
      >
        {code === null ? (
          <p className="text-muted">Name a website first: then there is a public key, and the code stands here.</p>
        ) : (
          <pre className="overflow-x-auto rounded-lg bg-sunken px-3 py-2.5 font-mono text-xs" tabIndex={0}>
            {code}
          </pre>
        )}
      </Card>
      <Card title="What it accepts">
        <Toggle
          label="Email addresses from the browser"
          hint="Anybody can type any address into a page. Off: pages name the click, and the contact follows from that."
          checked={snippet.accept_email}
          disabled={!canWrite || change.isPending}
          onChange={(on) =>
            change.mutate(
              { snippet: { accept_email: on } },
              {
                onSuccess: () =>
                  toast({ title: on ? 'Email addresses are accepted' : 'Email addresses are not accepted' }),
                onError: (error) => toastError('The setting could not be changed', error),
              },
            )
          }
        />
        {canWrite && snippet.public_key !== null && (
          <div className="mt-5 flex flex-wrap items-center justify-between gap-3 border-t border-line pt-4">
            <p className="min-w-0">
              <span className="block font-medium">Public key</span>
              <code className="font-mono text-xs text-muted">{snippet.public_key}</code>
            </p>
            <Button size="small" tone="danger" onClick={() => setAsking(true)}>
              Replace it
            </Button>
          </div>
        )}
      </Card>
      {isAsking && (
        <ConfirmDialog
          title="Replace the public key?"
          confirm="Replace the key"
          danger
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await change.mutateAsync({ snippet: { new_public_key: true } });
            toast({ title: 'There is a new public key', detail: 'Paste the new snippet into your pages.' });
          }}
        >
          <p>
            Pages with the old snippet cannot report conversions any more, at once. Have the new one ready to paste.
          </p>
        </ConfirmDialog>
      )}
    </div>
  );
}
