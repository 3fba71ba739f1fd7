// Name, which clicks count besides those of people, what new connections begin with, and how long the log is kept.
import { Button } from '../../components/Button.tsx';
import { SelectField, TextField } from '../../components/Field.tsx';
import { Card } from '../../components/Page.tsx';
import { ErrorState, Loading } from '../../components/States.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { useToast } from '../../components/Toasts.tsx';
import { fieldError, useForm } from '../../components/use-form.ts';
import type { Workspace, WorkspaceChange } from '../../api/contract.ts';
import { useCan } from '../../api/session.ts';
import { useChangeWorkspace, useWorkspace } from '../../api/settings.ts';
import { modes } from '../connections/names.ts';
import { RetentionCard } from './RetentionCard.tsx';

export function WorkspacePart() {
  const { data: workspace, error, refetch } = useWorkspace();
  if (workspace) return <Loaded workspace={workspace} />;
  return <Card>{error ? <ErrorState error={error} retry={() => void refetch()} /> : <Loading lines={6} />}</Card>;
}

function Loaded({ workspace }: { workspace: Workspace }) {
  const canWrite = useCan('workspace:write');
  const change = useChangeWorkspace();
  const { toast, toastError } = useToast();
  const { count_policy: policy, default_mode: defaultMode } = workspace;

  /** Switches can be switched back, so they act at once and say so. */
  const set = (wanted: WorkspaceChange, title: string) =>
    change.mutate(wanted, {
      onSuccess: () => toast({ title }),
      onError: (error) => toastError('The setting could not be changed', error),
    });

  return (
    <div className="space-y-4 sm:space-y-5">
      <NameCard key={workspace.name} name={workspace.name} canWrite={canWrite} />
      <Card
        title="Which clicks count"
        description="Scanners, link previews and scripts open links too. Clicks of people are always written and counted."
      >
        <div className="space-y-5">
          <Toggle
            label="Count clicks of machines"
            hint="Mail scanners, prefetchers, curl. They would appear on timelines and move deals; switch it on for tests only."
            checked={policy.count_machines}
            disabled={!canWrite || change.isPending}
            onChange={(on) =>
              set({ count_policy: { count_machines: on } }, on ? 'Machines count from now on' : 'Machines do not count')
            }
          />
          <Toggle
            label="Count clicks that may be either"
            hint="Where the signs point both ways. Off: they stand in the delivery log as skipped and can be replayed."
            checked={policy.count_unsure}
            disabled={!canWrite || change.isPending}
            onChange={(on) =>
              set(
                { count_policy: { count_unsure: on } },
                on ? 'Unsure clicks count from now on' : 'Unsure clicks do not count',
              )
            }
          />
        </div>
      </Card>
      <Card title="New connections">
        <SelectField
          label="Begin with"
          className="max-w-sm"
          value={defaultMode}
          options={modes}
          disabled={!canWrite || change.isPending}
          hint="Each connection can be set otherwise afterwards."
          onChange={(mode) => set({ default_mode: mode as Workspace['default_mode'] }, 'New connections begin with it')}
        />
      </Card>
      <RetentionCard key={workspace.retention_days} workspace={workspace} canWrite={canWrite} />
    </div>
  );
}

function NameCard({ name, canWrite }: { name: string; canWrite: boolean }) {
  const form = useForm({ name });
  const change = useChangeWorkspace();
  const { toast } = useToast();
  return (
    <Card title="Name">
      <form
        className="flex flex-wrap items-start gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(form.values, { onSuccess: () => toast({ title: 'The workspace is renamed' }) });
        }}
      >
        <TextField
          label="Name of the workspace"
          className="min-w-0 flex-1 basis-60 sm:max-w-sm"
          required
          maxLength={200}
          disabled={!canWrite}
          value={form.values.name}
          error={fieldError(change.error, 'name') ?? change.error?.message}
          onChange={(next) => form.set('name', next)}
        />
        {canWrite && (
          <Button type="submit" className="mt-6" busy={change.isPending} disabled={!form.isDirty}>
            Rename
          </Button>
        )}
      </form>
    </Card>
  );
}
