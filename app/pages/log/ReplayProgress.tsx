// How far a replay has come, with a way to stop it.
import { useCancelReplay, useReplay } from '../../api/deliveries.ts';
import { Button } from '../../components/Button.tsx';
import { Callout } from '../../components/Callout.tsx';
import { plural, sayCount } from '../../components/say.ts';
import { useToast } from '../../components/Toasts.tsx';

const titles = { running: 'Sending again', done: 'Sent again', canceled: 'Stopped' } as const;

export function ReplayProgress({ id, onClose }: { id: string; onClose: () => void }) {
  const { data: replay } = useReplay(id);
  const cancel = useCancelReplay();
  const { toastError } = useToast();
  if (!replay) return null;
  const { state, replayed, looked_at: looked, waiting_for: waitingFor } = replay;
  return (
    <div className="mb-4" role="status">
      <Callout
        tone={state === 'done' ? 'good' : 'info'}
        title={titles[state]}
        actions={
          state === 'running' ? (
            <Button
              size="small"
              busy={cancel.isPending}
              onClick={() => cancel.mutate(id, { onError: (error) => toastError('It goes on', error) })}
            >
              Stop
            </Button>
          ) : (
            <Button size="small" onClick={onClose}>
              Close
            </Button>
          )
        }
      >
        {plural(replayed, 'event')} queued, {sayCount(looked)} looked at.
        {waitingFor !== null && ` ${waitingFor}`}
      </Callout>
    </div>
  );
}
