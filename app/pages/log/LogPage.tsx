// Every event and where it is on its way to HubSpot, newest first, live. What is looked at stands in the address.
import { useState } from 'react';
import { addressOf } from '../../api/api.ts';
import { useDeliveries } from '../../api/deliveries.ts';
import { useRecordNames } from '../../api/record-names.ts';
import { useCan } from '../../api/session.ts';
import { Button, ButtonAnchor } from '../../components/Button.tsx';
import { DataTable } from '../../components/DataTable.tsx';
import { Card, Page } from '../../components/Page.tsx';
import { EmptyState } from '../../components/States.tsx';
import { LogFilters } from './LogFilters.tsx';
import { logColumns } from './log-columns.tsx';
import { toQuery } from './log-filter.ts';
import { NewerRows } from './NewerRows.tsx';
import { ReplayDialog } from './ReplayDialog.tsx';
import { ReplayProgress } from './ReplayProgress.tsx';
import { useLogFilter } from './use-log-filter.ts';

export function LogPage() {
  const { filter, setFilter, isFiltered, clear } = useLogFilter();
  const [openedAt] = useState(() => Date.now());
  const [isReplaying, setReplaying] = useState(false);
  const [replayId, setReplayId] = useState<string | null>(null);
  const query = toQuery(filter, openedAt);
  const pages = useDeliveries(query);
  const names = useRecordNames(
    (pages.rows ?? []).map((row) => ({ connectionId: row.connection_id, contactIds: [row.contact_id] })),
  );
  const canReplay = useCan('deliveries:write');
  const endsInReplay = filter.state === undefined || filter.state === 'skipped' || filter.state === 'dead';

  return (
    <Page
      title="Delivery log"
      description="Every click and conversion, where it is on its way to HubSpot, and why. Open one for its whole story."
      actions={
        <>
          <ButtonAnchor href={addressOf('/v1/deliveries/export', { ...query, format: 'csv' })} download icon="download">
            Export CSV
          </ButtonAnchor>
          {canReplay && endsInReplay && (
            <Button icon="refresh" onClick={() => setReplaying(true)}>
              Send again
            </Button>
          )}
        </>
      }
    >
      {replayId !== null && <ReplayProgress key={replayId} id={replayId} onClose={() => setReplayId(null)} />}
      <Card flush>
        <LogFilters filter={filter} onChange={setFilter} />
        <NewerRows filter={filter} shown={pages.rows} onShow={pages.retry} />
        <DataTable
          caption="Deliveries"
          columns={logColumns(names)}
          pages={pages}
          keyOf={({ id }) => id}
          empty={isFiltered ? <NothingFound onClear={clear} /> : <NothingYet />}
        />
        <p className="border-t border-line px-4 py-2 text-xs text-muted sm:px-5">
          The newest 200 events of the workspace change here by themselves. What is older shows its state of when this
          page was opened.
        </p>
      </Card>
      {isReplaying && (
        <ReplayDialog what={{ filter: query }} onClose={() => setReplaying(false)} onStarted={setReplayId} />
      )}
    </Page>
  );
}

function NothingYet() {
  return (
    <EmptyState icon="log" title="Nothing has arrived yet">
      As soon as somebody clicks one of your links, the click appears here: first held for a moment until it is clear
      that a person clicked, then on the timeline in HubSpot.
    </EmptyState>
  );
}

function NothingFound({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon="search"
      title="No event matches"
      actions={
        <button type="button" className="link" onClick={onClear}>
          Show all events
        </button>
      }
    >
      If you look for one click, enter its id above: the console then says whether it ever arrived, and what to check if
      it did not.
    </EmptyState>
  );
}
