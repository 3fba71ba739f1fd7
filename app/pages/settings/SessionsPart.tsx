// Where you are signed in, and the way to end what you do not know.
import { Badge } from '../../components/Badge.tsx';
import { Button } from '../../components/Button.tsx';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Card } from '../../components/Page.tsx';
import { plural } from '../../components/say.ts';
import { useToast } from '../../components/Toasts.tsx';
import { Until, When } from '../../components/When.tsx';
import type { Session } from '../../api/contract.ts';
import { useEndOtherSessions, useEndSession, useSessions } from '../../api/settings.ts';

const columns: Column<Session>[] = [
  {
    name: 'Where',
    main: true,
    cell: ({ device, current }) => (
      <span className="flex items-center gap-2 font-medium">
        {device} {current && <Badge tone="accent">This one</Badge>}
      </span>
    ),
  },
  {
    name: 'Signed in by',
    className: 'text-muted',
    wideOnly: true,
    cell: ({ signed_in_by: by }) => (by === 'hubspot' ? 'HubSpot' : 'link'),
  },
  { name: 'Last used', className: 'text-muted', cell: ({ last_seen_at: at }) => <When at={at} /> },
  { name: 'Ends', className: 'text-muted', wideOnly: true, cell: ({ expires_at: at }) => <Until at={at} /> },
  {
    name: 'Actions',
    hideName: true,
    align: 'right',
    className: 'max-sm:ml-auto',
    cell: (session) => !session.current && <EndButton session={session} />,
  },
];

export function SessionsPart() {
  const { data: sessions, error, refetch } = useSessions();
  const endOthers = useEndOtherSessions();
  const { toast, toastError } = useToast();
  const others = sessions?.filter(({ current }) => !current).length ?? 0;
  return (
    <Card
      title="Your sessions"
      description="A session ends after a week without use, and after thirty days in any case."
      actions={
        others > 0 && (
          <Button
            busy={endOthers.isPending}
            onClick={() =>
              endOthers.mutate(undefined, {
                onSuccess: ({ ended }) => toast({ title: `${plural(ended, 'session')} ended` }),
                onError: (failure) => toastError('The sessions could not be ended', failure),
              })
            }
          >
            End all others
          </Button>
        )
      }
      flush
    >
      <DataTable
        caption="Your sessions"
        columns={columns}
        pages={{ rows: sessions, error: sessions ? null : error, retry: () => void refetch() }}
        keyOf={({ id }) => id}
        skeletonRows={2}
        empty={null}
      />
    </Card>
  );
}

function EndButton({ session: { id, device } }: { session: Session }) {
  const end = useEndSession();
  const { toast, toastError } = useToast();
  return (
    <Button
      size="small"
      busy={end.isPending}
      onClick={() =>
        end.mutate(id, {
          onSuccess: () => toast({ title: `The session in ${device} is ended` }),
          onError: (error) => toastError('The session could not be ended', error),
        })
      }
    >
      End<span className="sr-only"> the session in {device}</span>
    </Button>
  );
}
