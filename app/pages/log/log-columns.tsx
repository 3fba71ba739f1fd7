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
            {link?.title ?? (kind === 'click' ? 'Click' : 'Conversion')}
          </Link>
          <div className="truncate font-mono text-xs text-muted">{eventId}</div>
        </div>
      ),
    },
    {
      name: 'State',
      hideName: true,
      className: 'sm:w-44',
      cell: ({ state }) => (
        <Badge tone={stateWords[state].tone} dot>
          {stateWords[state].label}
        </Badge>
      ),
    },
    {
      name: 'Why',
      className: 'sm:max-w-80 text-muted max-sm:w-full',
      hideName: true,
      cell: ({ reason }) => reason && <span className="line-clamp-2">{reason.words}</span>,
    },
    {
      name: 'Verdict',
      className: 'sm:w-24',
      wideOnly: true,
      cell: ({ verdict }) => (verdict ? verdictWords[verdict.verdict] : <span className="text-muted">–</span>),
    },
    {
      name: 'Contact',
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
      className: 'sm:w-32 text-muted max-sm:ml-auto',
      hideName: false,
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
