// Sending again what was skipped or failed: first how many and why they ended, then the decision.
import { useState } from 'react';
import type { NewReplay, ReplayPreview } from '../../api/contract.ts';
import { useReplayPreview, useStartReplay } from '../../api/deliveries.ts';
import { Button } from '../../components/Button.tsx';
import { Callout } from '../../components/Callout.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { plural, sayCount } from '../../components/say.ts';
import { ErrorState, Loading, wordsOf } from '../../components/States.tsx';
import { stateWords } from './states.ts';

interface ReplayDialogProps {
  what: NewReplay;
  onClose: () => void;
  onStarted: (replayId: string) => void;
}

export function ReplayDialog({ what, onClose, onStarted }: ReplayDialogProps) {
  const { data: preview, error, refetch } = useReplayPreview(what);
  const start = useStartReplay();
  // One key per dialog: pressing twice, or once more after a lost answer, starts one replay.
  const [key] = useState(() => `console-${crypto.randomUUID()}`);
  const count = preview?.would_replay ?? 0;
  return (
    <Dialog
      title="Send again"
      description="Events that were skipped or failed go through the whole way once more. What is on a timeline already is not written twice."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            tone="primary"
            busy={start.isPending}
            disabled={count === 0}
            onClick={() =>
              start.mutate(
                { ...what, key },
                {
                  onSuccess: ({ id }) => {
                    onStarted(id);
                    onClose();
                  },
                },
              )
            }
          >
            {count === 0 ? 'Send again' : `Send ${preview?.more ? 'all of them' : plural(count, 'event')} again`}
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        {error && <ErrorState error={error} retry={() => void refetch()} />}
        {!preview && !error && <Loading lines={2} label="Counting" />}
        {preview && <Preview preview={preview} />}
        {start.error && (
          <Callout tone="bad" announce>
            {wordsOf(start.error)}
          </Callout>
        )}
      </div>
    </Dialog>
  );
}

function Preview({ preview }: { preview: ReplayPreview }) {
  const { would_replay: count, not_replayable: not, more, groups } = preview;
  if (count === 0) return <p>Nothing here can be sent again{not > 0 ? `: ${notReplayable(not)}` : '.'}</p>;
  return (
    <>
      <p className="font-medium">
        {more ? 'More than ' : ''}
        {plural(count, 'event')} would be sent again.
      </p>
      <ul className="divide-y divide-line rounded-lg border border-line">
        {groups.map(({ state, reason, deliveries }) => (
          <li key={`${state}-${reason?.code ?? ''}`} className="flex justify-between gap-4 px-3 py-2">
            <span>
              {stateWords[state].label}
              {reason && <span className="block text-[0.8125rem] text-muted">{reason.words}</span>}
            </span>
            <span className="numeric">{sayCount(deliveries)}</span>
          </li>
        ))}
      </ul>
      {not > 0 && <p className="text-muted">Left out: {notReplayable(not)}</p>}
    </>
  );
}

function notReplayable(count: number): string {
  return `${plural(count, 'event')} that came before the account was connected, or that did not end.`;
}
