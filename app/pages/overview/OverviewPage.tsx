// The first page: what needs you, then how it went, then how the HubSpot accounts are doing.
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { Card, Page } from '../../components/Page.tsx';
import { ErrorState, Skeleton } from '../../components/States.tsx';
import { useOverview } from '../../api/overview.ts';
import { Segments } from '../../components/Segments.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import { NeedsCard } from './NeedsCard.tsx';
import { PortalsCard } from './PortalsCard.tsx';
import { Totals } from './Totals.tsx';

// Recharts weighs as much as everything else together: it comes when there is something to draw.
const DaysChart = lazy(async () => ({ default: (await import('./DaysChart.tsx')).DaysChart }));

const spans = ['7', '30', '90'] as const;
const views = [
  { value: 'clicks', label: 'Clicks' },
  { value: 'deliveries', label: 'Deliveries' },
] as const;

export function OverviewPage() {
  const [search, setSearch] = useSearchParams();
  const days = spans.find((span) => span === search.get('days')) ?? '30';
  const view = search.get('chart') === 'deliveries' ? 'deliveries' : 'clicks';
  const { data: overview, error, refetch } = useOverview(Number(days));
  const change = (name: string, value: string) => {
    setSearch(
      (known) => {
        known.set(name, value);
        return known;
      },
      { replace: true, preventScrollReset: true },
    );
  };
  const isNew = overview !== undefined && overview.totals.clicks + overview.totals.conversions === 0;

  return (
    <Page
      title="Overview"
      description="Short-link clicks on their way to your HubSpot timelines."
      actions={
        <Segments
          label="Time span"
          value={days}
          options={spans.map((span) => ({ value: span, label: `${span} days` }))}
          onChange={(span) => change('days', span)}
        />
      }
    >
      {error && !overview ? (
        <Card>
          <ErrorState error={error} retry={() => void refetch()} />
        </Card>
      ) : (
        <div className="space-y-4 sm:space-y-5">
          {isNew ? <FirstSteps overview={overview} /> : <NeedsCard needs={overview?.needs} />}
          <Totals overview={overview} />
          <Card
            title={view === 'clicks' ? 'Clicks per day' : 'Deliveries per day'}
            description={
              view === 'clicks'
                ? 'People, and what only looked like people. Machines are neither written nor counted.'
                : 'One delivery per event and HubSpot account: where it stands now.'
            }
            actions={<Segments label="Chart" value={view} options={views} onChange={(next) => change('chart', next)} />}
          >
            <div className="min-h-70">
              {overview ? (
                <Suspense fallback={<Skeleton className="h-70 w-full" />}>
                  <DaysChart days={overview.days} view={view} />
                </Suspense>
              ) : (
                <Skeleton className="h-70 w-full" />
              )}
            </div>
          </Card>
          <PortalsCard portals={overview?.portals} />
        </div>
      )}
    </Page>
  );
}
