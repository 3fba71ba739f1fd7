// The sums of the span, as tiles of a fixed size.
import type { ReactNode } from 'react';
import { plural, sayCount, sayShare } from '../../components/say.ts';
import { Skeleton } from '../../components/States.tsx';
import type { Overview } from '../../api/contract.ts';

/** Below it the calls of connecting weigh most, and calls per 1,000 clicks say nothing about clicks. */
const fewClicks = 100;

export function Totals({ overview }: { overview: Overview | undefined }) {
  const { totals, calls } = overview ?? {};
  return (
    <dl className="grid grid-cols-2 gap-3 sm:gap-4 md:grid-cols-3 xl:grid-cols-6">
      <Tile name="Clicks" value={totals && sayCount(totals.clicks)}>
        {totals && `${sayCount(totals.conversions)} ${totals.conversions === 1 ? 'conversion' : 'conversions'}`}
      </Tile>
      <Tile name="By people" value={totals && sayShare(totals.human_share)}>
        {totals && `${sayCount(totals.machine)} by machines`}
      </Tile>
      <Tile name="Delivered" value={totals && sayCount(totals.delivered)}>
        on timelines
      </Tile>
      <Tile name="Waiting" value={totals && sayCount(totals.waiting)}>
        still on their way
      </Tile>
      <Tile name="Failed" value={totals && sayCount(totals.failed)} alert={(totals?.failed ?? 0) > 0}>
        {totals && totals.failed > 0 ? 'can be replayed' : 'none lost'}
      </Tile>
      {overview && overview.totals.clicks < fewClicks ? (
        <Tile name="HubSpot calls" value={sayCount(overview.calls.total)}>
          for {plural(overview.totals.clicks, 'click')}
        </Tile>
      ) : (
        <Tile
          name="Calls per 1,000"
          value={calls && (calls.per_1000_clicks === null ? '–' : sayCount(Math.round(calls.per_1000_clicks)))}
        >
          {calls && `${sayCount(calls.total)} calls in all`}
        </Tile>
      )}
    </dl>
  );
}

interface TileProps {
  name: string;
  value: string | undefined;
  alert?: boolean;
  children: ReactNode;
}

function Tile({ name, value, alert = false, children }: TileProps) {
  return (
    <div className="card flex min-h-25 flex-col px-4 py-3">
      <dt className="text-[0.8125rem] text-muted">{name}</dt>
      <dd className={`numeric mt-1 text-2xl font-semibold tracking-tight ${alert ? 'text-bad' : ''}`}>
        {value ?? <Skeleton className="my-1 h-6 w-16" />}
      </dd>
      <dd className="mt-auto text-xs text-muted">{value === undefined ? ' ' : children}</dd>
    </div>
  );
}
