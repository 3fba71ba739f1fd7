// The time machine: the draft replayed over stored clicks. How many deals would have moved per threshold, which, and when.
import { lazy, Suspense, useState } from 'react';
import type { BackTestReply } from '../../api/contract.ts';
import { useRehearsal } from '../../api/rules.ts';
import { Button } from '../../components/Button.tsx';
import { Callout } from '../../components/Callout.tsx';
import { SelectField } from '../../components/Field.tsx';
import { Card } from '../../components/Page.tsx';
import { plural } from '../../components/say.ts';
import { Skeleton, wordsOf } from '../../components/States.tsx';
import { MovedDeals } from './MovedDeals.tsx';
import { thresholdsAround } from './thresholds.ts';

const ThresholdChart = lazy(async () => ({ default: (await import('./ThresholdChart.tsx')).ThresholdChart }));

const spans = [30, 90, 180, 365].map((days) => ({ value: String(days), label: `${days} days` }));

interface TimeMachineProps {
  connectionId: string;
  text: string;
  threshold: number;
  canWrite: boolean;
  onThreshold: (threshold: number) => void;
}

export function TimeMachine({ connectionId, text, threshold, canWrite, onThreshold }: TimeMachineProps) {
  const [days, setDays] = useState('90');
  const rehearsal = useRehearsal();
  const run = () =>
    rehearsal.mutate({
      connection_id: connectionId,
      text,
      days: Number(days),
      thresholds: thresholdsAround(threshold),
    });
  return (
    <Card
      title="Time machine"
      description="Replays this draft over the clicks of people you already have. Nothing is changed."
      actions={
        <div className="flex items-end gap-2">
          <SelectField label="Look back" value={days} options={spans} onChange={setDays} />
          <Button icon="clock" busy={rehearsal.isPending} onClick={run}>
            Rehearse
          </Button>
        </div>
      }
    >
      {rehearsal.error && (
        <Callout tone="bad" announce title="It could not be rehearsed">
          {wordsOf(rehearsal.error)}
        </Callout>
      )}
      {rehearsal.isPending && <Skeleton className="h-56 w-full" />}
      {rehearsal.data && !rehearsal.isPending && (
        <Rehearsed
          reply={rehearsal.data}
          connectionId={connectionId}
          threshold={threshold}
          canWrite={canWrite}
          onThreshold={onThreshold}
        />
      )}
      {!rehearsal.data && !rehearsal.error && !rehearsal.isPending && (
        <p className="text-muted">
          Rehearse to see how many deals it would have moved at several thresholds, and which. Then choose the threshold
          that fits.
        </p>
      )}
    </Card>
  );
}

type RehearsedProps = Omit<TimeMachineProps, 'text'> & { reply: BackTestReply };

function Rehearsed({ reply, connectionId, threshold, canWrite, onThreshold }: RehearsedProps) {
  const { clicks, contacts, deals, results } = reply;
  const written = results.findIndex((one) => one.threshold === threshold);
  const [chosen, setChosen] = useState(Math.max(0, written));
  const result = results[Math.min(chosen, results.length - 1)];
  if (!result) return <p className="text-muted">There was nothing to replay.</p>;
  return (
    <div className="space-y-4">
      <p className="text-muted">
        {plural(clicks, 'click')} by {plural(contacts, 'contact')} with {plural(deals, 'deal')} were replayed.
      </p>
      <Suspense fallback={<Skeleton className="h-56 w-full" />}>
        <ThresholdChart results={results} chosen={result.threshold} />
      </Suspense>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <label className="flex min-w-0 flex-1 basis-64 items-center gap-3">
          <span className="whitespace-nowrap">
            Threshold <strong className="numeric">{result.threshold}</strong>
          </span>
          <input
            type="range"
            min={0}
            max={results.length - 1}
            value={Math.min(chosen, results.length - 1)}
            aria-valuetext={`${result.threshold} clicks: ${plural(result.moves.length, 'deal')}`}
            className="min-w-0 flex-1 accent-(--color-accent)"
            onChange={({ currentTarget }) => setChosen(Number(currentTarget.value))}
          />
        </label>
        <output className="font-medium">{plural(result.moves.length, 'deal')} would have moved</output>
        {canWrite && result.threshold !== threshold && (
          <Button size="small" onClick={() => onThreshold(result.threshold)}>
            Use {result.threshold}
          </Button>
        )}
      </div>
      <MovedDeals connectionId={connectionId} moves={result.moves} />
    </div>
  );
}
