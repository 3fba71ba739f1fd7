// Makes an API key with the rights that are chosen, and shows it once.
import { TextField } from '../../components/Field.tsx';
import { FormDialog } from '../../components/FormDialog.tsx';
import { fieldError, formError, useForm } from '../../components/use-form.ts';
import type { ApiScope } from '../../api/contract.ts';
import { useSignedIn } from '../../api/session.ts';
import { useMakeApiKey } from '../../api/settings.ts';
import { ShownOnceDialog } from './ShownOnceDialog.tsx';
import { scopeTexts } from './scope-texts.ts';

const usual: ApiScope[] = ['clicks:write', 'conversions:write', 'submissions:write'];

export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const { scopes: own } = useSignedIn();
  const form = useForm<{ name: string; scopes: ApiScope[] }>({ name: '', scopes: usual });
  const make = useMakeApiKey();
  if (make.data) {
    return (
      <ShownOnceDialog
        title={`The key ${make.data.api_key.name}`}
        secret={make.data.key}
        what="API key"
        done="I have copied it"
        onClose={onClose}
      >
        We keep only a fingerprint. Put it where your program keeps its secrets, never into a page.
      </ShownOnceDialog>
    );
  }
  const { name, scopes } = form.values;
  return (
    <FormDialog
      title="New API key"
      submit="Make the key"
      isBusy={make.isPending}
      isIncomplete={scopes.length === 0}
      error={formError(make.error, ['name', 'scopes'])}
      onSubmit={() => make.mutate(form.values)}
      onClose={onClose}
    >
      <TextField
        label="Name"
        required
        data-first
        maxLength={100}
        placeholder="Shop backend"
        hint="What uses it: it stands in the audit log."
        value={name}
        error={fieldError(make.error, 'name')}
        onChange={(next) => form.set('name', next)}
      />
      <fieldset>
        <legend className="text-[0.8125rem] font-medium">May</legend>
        <div className="mt-1.5 grid gap-x-4 gap-y-1.5 sm:grid-cols-2">
          {scopeTexts
            .filter(({ scope }) => own.includes(scope))
            .map(({ scope, words }) => (
              <label key={scope} className="flex items-start gap-2">
                <input
                  type="checkbox"
                  className="mt-0.5 size-4 accent-(--color-accent)"
                  checked={scopes.includes(scope)}
                  onChange={(event) =>
                    form.set(
                      'scopes',
                      event.currentTarget.checked ? [...scopes, scope] : scopes.filter((one) => one !== scope),
                    )
                  }
                />
                <span>
                  {words} <span className="block font-mono text-[0.6875rem] text-muted">{scope}</span>
                </span>
              </label>
            ))}
        </div>
      </fieldset>
    </FormDialog>
  );
}
