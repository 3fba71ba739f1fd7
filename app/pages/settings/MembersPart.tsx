// The people of the workspace and what they may do; invitations by a link, since no mail is sent from here.
import { useState } from 'react';
import { Badge } from '../../components/Badge.tsx';
import { Button, IconButton } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Menu, MenuItem } from '../../components/Menu.tsx';
import { Card } from '../../components/Page.tsx';
import { useToast } from '../../components/Toasts.tsx';
import { When } from '../../components/When.tsx';
import type { Member, Role, SignInLink } from '../../api/contract.ts';
import { useCan } from '../../api/session.ts';
import { useChangeRole, useMakeSignInLink, useMembers, useRemoveMember } from '../../api/settings.ts';
import { Invitations } from './Invitations.tsx';
import { InviteDialog, LinkDialog } from './InviteDialog.tsx';
import { roleTexts } from './roles.ts';

export function MembersPart() {
  const canWrite = useCan('members:write');
  const isOwner = useCan('owners:write');
  const { data, error, refetch } = useMembers();
  const [isInviting, setInviting] = useState(false);
  const [removing, setRemoving] = useState<Member | null>(null);
  const [link, setLink] = useState<{ link: SignInLink; name: string } | null>(null);
  const makeLink = useMakeSignInLink();
  const { toastError } = useToast();
  const askLink = (member: Member) =>
    makeLink.mutate(member.id, {
      onSuccess: (made) => setLink({ link: made, name: member.name }),
      onError: (failure) => toastError('No sign-in link could be made', failure),
    });
  return (
    <div className="space-y-4 sm:space-y-5">
      <Card
        title="Members"
        description="Owners do everything; admins everything but to owners; viewers look and change nothing."
        actions={
          canWrite && (
            <Button tone="primary" icon="plus" onClick={() => setInviting(true)}>
              Invite
            </Button>
          )
        }
        flush
      >
        <DataTable
          caption="Members"
          columns={columns({ canWrite, isOwner, onRemove: setRemoving, onLink: askLink })}
          pages={{ rows: data?.members, error: data ? null : error, retry: () => void refetch() }}
          keyOf={({ id }) => id}
          skeletonRows={2}
          empty={null}
        />
      </Card>
      {data && data.invitations.length > 0 && <Invitations invitations={data.invitations} canWrite={canWrite} />}
      {isInviting && <InviteDialog isOwner={isOwner} onClose={() => setInviting(false)} />}
      {removing && <RemoveDialog member={removing} onClose={() => setRemoving(null)} />}
      {link && <LinkDialog link={link.link} name={link.name} onClose={() => setLink(null)} />}
    </div>
  );
}

interface ColumnsOptions {
  canWrite: boolean;
  isOwner: boolean;
  onRemove: (member: Member) => void;
  onLink: (member: Member) => void;
}

function columns({ canWrite, isOwner, onRemove, onLink }: ColumnsOptions): Column<Member>[] {
  const mayChange = ({ role }: Member) => canWrite && (isOwner || role !== 'owner');
  return [
    {
      name: 'Member',
      main: true,
      cell: ({ name, email, you }) => (
        <div className="min-w-0">
          <span className="flex items-center gap-2 font-medium">
            <span className="truncate">{name}</span> {you && <Badge tone="accent">You</Badge>}
          </span>
          <span className="block truncate text-[0.8125rem] text-muted">{email ?? 'no email address'}</span>
        </div>
      ),
    },
    {
      name: 'Role',
      cell: (member) => <RoleCell member={member} canChange={mayChange(member)} isOwner={isOwner} />,
    },
    {
      name: 'Signs in by',
      className: 'text-muted',
      wideOnly: true,
      cell: ({ signs_in_by: by }) => (by === 'hubspot' ? 'HubSpot' : 'link'),
    },
    {
      name: 'Last seen',
      className: 'text-muted',
      cell: ({ last_seen_at: at }) => (at === null ? 'never' : <When at={at} />),
    },
    {
      name: 'Actions',
      hideName: true,
      align: 'right',
      className: 'max-sm:ml-auto',
      cell: (member) =>
        mayChange(member) && (
          <Menu trigger={<IconButton name={`More about ${member.name}`} icon="more" />}>
            {member.signs_in_by === 'link' && (
              <MenuItem icon="link" onSelect={() => onLink(member)}>
                Make a sign-in link
              </MenuItem>
            )}
            <MenuItem icon="close" danger onSelect={() => onRemove(member)}>
              {member.you ? 'Leave the workspace' : 'Remove'}
            </MenuItem>
          </Menu>
        ),
    },
  ];
}

function RoleCell({ member, canChange, isOwner }: { member: Member; canChange: boolean; isOwner: boolean }) {
  const change = useChangeRole();
  const { toast, toastError } = useToast();
  const set = (role: Role, isUndo = false) =>
    change.mutate(
      { id: member.id, role },
      {
        onSuccess: () =>
          toast({
            about: member.id,
            title: `${member.name} is ${roleTexts[role].words} now`,
            ...(isUndo || member.you ? {} : { action: { label: 'Undo', run: () => set(member.role, true) } }),
          }),
        onError: (error) => toastError('The role could not be changed', error),
      },
    );
  if (!canChange) return <span>{roleTexts[member.role].label}</span>;
  return (
    <select
      aria-label={`Role of ${member.name}`}
      className="input w-auto"
      value={member.role}
      disabled={change.isPending}
      onChange={(event) => set(event.currentTarget.value as Role)}
    >
      {Object.entries(roleTexts).map(([role, { label }]) => (
        <option key={role} value={role} disabled={role === 'owner' && !isOwner}>
          {label}
        </option>
      ))}
    </select>
  );
}

function RemoveDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const remove = useRemoveMember();
  const { toast } = useToast();
  const run = async () => {
    await remove.mutateAsync(member.id);
    toast({ about: member.id, title: `${member.name} is removed` });
  };
  return (
    <ConfirmDialog title={`Remove ${member.name}?`} confirm="Remove" danger onConfirm={run} onClose={onClose}>
      <p>Their sessions end at once. Links, rules and API keys they made stay. You can invite them again.</p>
    </ConfirmDialog>
  );
}
