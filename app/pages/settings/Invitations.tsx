// Links that were made and not opened yet.
import { Button } from '../../components/Button.tsx';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Card } from '../../components/Page.tsx';
import { useToast } from '../../components/Toasts.tsx';
import { Until } from '../../components/When.tsx';
import type { Invitation } from '../../api/contract.ts';
import { useTakeBackInvitation } from '../../api/settings.ts';
import { roleTexts } from './roles.ts';

export function Invitations({ invitations, canWrite }: { invitations: Invitation[]; canWrite: boolean }) {
  return (
    <Card title="Open invitations" flush>
      <DataTable
        caption="Open invitations"
        columns={columns(canWrite)}
        pages={{ rows: invitations, error: null, retry: () => undefined }}
        keyOf={({ id }) => id}
        empty={null}
      />
    </Card>
  );
}

function columns(canWrite: boolean): Column<Invitation>[] {
  return [
    {
      name: 'Invited',
      main: true,
      cell: ({ name, email }) => (
        <>
          <span className="block font-medium">{name}</span>
          {email !== null && <span className="block text-[0.8125rem] text-muted">{email}</span>}
        </>
      ),
    },
    { name: 'As', cell: ({ role }) => roleTexts[role].label },
    { name: 'Ends', className: 'text-muted', cell: ({ expires_at: at }) => <Until at={at} /> },
    {
      name: 'Actions',
      hideName: true,
      align: 'right',
      className: 'max-sm:ml-auto',
      cell: (invitation) => canWrite && <TakeBack invitation={invitation} />,
    },
  ];
}

function TakeBack({ invitation: { id, name } }: { invitation: Invitation }) {
  const takeBack = useTakeBackInvitation();
  const { toast, toastError } = useToast();
  return (
    <Button
      size="small"
      busy={takeBack.isPending}
      onClick={() =>
        takeBack.mutate(id, {
          onSuccess: () =>
            toast({ title: `The invitation of ${name} is taken back`, detail: 'Its link does not work any more.' }),
          onError: (error) => toastError('The invitation could not be taken back', error),
        })
      }
    >
      Take back<span className="sr-only"> the invitation of {name}</span>
    </Button>
  );
}
