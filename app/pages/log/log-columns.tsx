// The columns of the log. Every value leads somewhere: to the story of the event, or to the log narrowed to it.
import { Link, useLocation } from 'react-router';
import type { Delivery } from '../../api/contract.ts';
import type { Names } from '../../api/record-names.ts';
import { Badge } from '../../components/Badge.tsx';
import type { Column } from '../../components/DataTable.tsx';
import { When } from '../../components/When.tsx';
import { writeFilter, type LogFilter } from './log-filter.ts';
import { stateWords, verdictWords } from './states.ts';

export function logColumns(names: Names): Column<Delivery>[] {
  return [
    {
      name: 'Event',
      main: true,
      className: 'sm:max-w-72',
      cell: ({ event_id: eventId, link, kind }) => (
        <div className="min-w-0">
          <Link to={encodeURIComponent(eventId)} className="block truncate font-medium hover:underline">
            {link?.title ?? 'No link'}
          </Link>
          <div className="truncate text-xs text-muted">
            {kind === 'click' ? 'Click' : 'Conversion'} <span className="font-mono">{eventId}</span>
          </div>
        </div>
      ),
    },
    {
      name: 'State',
      hideNameOnPhone: true,
      className: 'sm:w-80',
      cell: ({ state, reason }) => (
        <>
          <Badge tone={stateWords[state].tone} dot>
            {stateWords[state].label}
          </Badge>
          {reason && <span className="mt-0.5 line-clamp-2 text-[0.8125rem] text-muted">{reason.words}</span>}
        </>
      ),
    },
    {
      name: 'Verdict',
      className: 'sm:w-24',
      wideOnly: true,
      cell: ({ verdict }) => (verdict ? verdictWords[verdict.verdict] : <span className="text-muted">–</span>),
    },
    {
      name: 'Contact',
      hideNameOnPhone: true,
      className: 'sm:w-40',
      cell: ({ connection_id: connectionId, contact_id: contactId }) =>
        contactId === null ? (
          <span className="text-muted">–</span>
        ) : (
          <Narrow to={{ contact_id: contactId }}>{names.contact(connectionId, contactId)}</Narrow>
        ),
    },
    {
      name: 'Happened',
      hideNameOnPhone: true,
      className: 'sm:w-32 text-muted max-sm:ml-auto',
      cell: ({ occurred_at: at }) => <When at={at} />,
    },
  ];
}

function Narrow({ to, children }: { to: LogFilter; children: string }) {
  const { search } = useLocation();
  return (
    <Link
      to={{ search: writeFilter(new URLSearchParams(search), to).toString() }}
      title={`Show only ${children}`}
      className="hover:underline"
    >
      {children}
    </Link>
  );
}
