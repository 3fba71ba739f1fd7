// How long settled deliveries are kept, within what the operator allows. Shorter forgets what is older, so that is asked first.
import { useState } from 'react';
import type { Workspace } from '../../api/contract.ts';
import { useChangeWorkspace } from '../../api/settings.ts';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { TextField } from '../../components/Field.tsx';
import { Card } from '../../components/Page.tsx';
import { fieldError } from '../../components/use-form.ts';
import { useToast } from '../../components/Toasts.tsx';

export function RetentionCard({ workspace, canWrite }: { workspace: Workspace; canWrite: boolean }) {
  const { retention_days: kept, retention_limits: limits } = workspace;
  const [days, setDays] = useState(String(kept));
  const [isAsking, setAsking] = useState(false);
  const change = useChangeWorkspace();
  const { toast } = useToast();
  const wanted = Number(days);
  const save = async () => {
    await change.mutateAsync({ retention_days: wanted });
    toast({ title: `Deliveries are kept for ${wanted} days` });
  };
  return (
    <Card
      title="Retention"
      description="Deliveries that are settled are forgotten after so many days. What is on HubSpot's timelines stays there."
    >
      <form
        className="flex flex-wrap items-start gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted < kept) setAsking(true);
          // The field shows what is wrong.
          else save().catch(() => undefined);
        }}
      >
        <TextField
          label="Days"
          type="number"
          inputMode="numeric"
          className="min-w-0 flex-1 basis-60 sm:max-w-sm"
          required
          min={limits.least}
          max={limits.most}
          disabled={!canWrite}
          value={days}
          hint={`From ${limits.least} to ${limits.most}: whoever runs the server sets the most (RETENTION_DAYS).`}
          error={isAsking ? undefined : (fieldError(change.error, 'retention_days') ?? change.error?.message)}
          onChange={setDays}
        />
        {canWrite && (
          <Button type="submit" className="mt-6" busy={change.isPending} disabled={wanted === kept}>
            Save
          </Button>
        )}
      </form>
      {isAsking && (
        <ConfirmDialog
          title={`Keep deliveries for ${wanted} days only?`}
          confirm="Keep them shorter"
          danger
          onClose={() => setAsking(false)}
          onConfirm={save}
        >
          <p>
            Settled deliveries older than {wanted} days are forgotten within the hour, and cannot be brought back. Rules
            and rehearsals then look back no further than that.
          </p>
        </ConfirmDialog>
      )}
    </Card>
  );
}
