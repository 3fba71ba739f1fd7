// API keys: for programs that send clicks, conversions and form submissions. A key is shown once, rotated with a grace, revoked at once.
import { useState } from 'react';
import { Badge } from '../../components/Badge.tsx';
import { Button, IconButton } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Menu, MenuItem } from '../../components/Menu.tsx';
import { Card } from '../../components/Page.tsx';
import { plural } from '../../components/say.ts';
import { EmptyState } from '../../components/States.tsx';
import { useToast } from '../../components/Toasts.tsx';
import { Until, When } from '../../components/When.tsx';
import type { ApiKey } from '../../api/contract.ts';
import { useCan } from '../../api/session.ts';
import { useApiKeys, useRevokeApiKey } from '../../api/settings.ts';
import { NewKeyDialog } from './NewKeyDialog.tsx';
import { RotateKeyDialog } from './RotateKeyDialog.tsx';

type Open = { what: 'new' } | { what: 'rotate' | 'revoke'; key: ApiKey } | null;

export function KeysPart() {
  const canRead = useCan('keys:read');
  const canWrite = useCan('keys:write');
  const { data: keys, error, refetch } = useApiKeys(canRead);
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  if (!canRead) {
    return (
      <Card>
        <EmptyState icon="lock" title="For admins">
          Your role does not see API keys. Ask an admin of the workspace.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card
      title="API keys"
      description="For programs: your shop, your website's server, your scripts. Each should have its own."
      actions={
        canWrite && (
          <Button tone="primary" icon="plus" onClick={() => setOpen({ what: 'new' })}>
            New key
          </Button>
        )
      }
      flush
    >
      <DataTable
        caption="API keys"
        columns={columns(canWrite, setOpen)}
        pages={{ rows: keys, error: keys ? null : error, retry: () => void refetch() }}
        keyOf={({ id }) => id}
        skeletonRows={3}
        empty={
          <EmptyState icon="key" title="No API keys yet">
            A key lets a program send clicks and conversions, or make links. The addresses and shapes are in{' '}
            <a className="link" href="/openapi.json">
              the API document
            </a>
            .
          </EmptyState>
        }
      />
      {open?.what === 'new' && <NewKeyDialog onClose={close} />}
      {open?.what === 'rotate' && <RotateKeyDialog apiKey={open.key} onClose={close} />}
      {open?.what === 'revoke' && <RevokeDialog apiKey={open.key} onClose={close} />}
    </Card>
  );
}

function columns(canWrite: boolean, open: (what: Open) => void): Column<ApiKey>[] {
  return [
    {
      name: 'Key',
      main: true,
      cell: (key) => (
        <div className="min-w-0">
          <span className="flex flex-wrap items-center gap-2 font-medium">
            {key.name || 'Key without a name'} <KeyState apiKey={key} />
          </span>
          <span className="block font-mono text-xs text-muted">{key.prefix === null ? 'elk_…' : `${key.prefix}…`}</span>
        </div>
      ),
    },
    {
      name: 'May',
      className: 'sm:max-w-64',
      cell: ({ scopes }) => <Scopes scopes={scopes} />,
    },
    {
      name: 'Last used',
      className: 'text-muted',
      cell: ({ last_used_at: at }) => (at === null ? 'never' : <When at={at} />),
    },
    { name: 'Made', className: 'text-muted', wideOnly: true, cell: ({ created_at: at }) => <When at={at} /> },
    {
      name: 'Actions',
      hideName: true,
      align: 'right',
      className: 'max-sm:ml-auto',
      cell: (key) =>
        canWrite &&
        key.revoked_at === null && (
          <Menu trigger={<IconButton name={`More about ${key.name}`} icon="more" />}>
            {key.ends_at === null && (
              <MenuItem icon="refresh" onSelect={() => open({ what: 'rotate', key })}>
                Rotate
              </MenuItem>
            )}
            <MenuItem icon="close" danger onSelect={() => open({ what: 'revoke', key })}>
              Revoke
            </MenuItem>
          </Menu>
        ),
    },
  ];
}

/** A key that may do everything has two dozen. */
const scopesAtOnce = 4;

function Scopes({ scopes }: { scopes: readonly string[] }) {
  const look = 'text-[0.8125rem] break-words text-muted';
  if (scopes.length <= scopesAtOnce) return <span className={look}>{scopes.join(', ')}</span>;
  return (
    <details className={look}>
      <summary className="w-fit cursor-pointer rounded hover:text-ink">{plural(scopes.length, 'right')}</summary>
      {scopes.join(', ')}
    </details>
  );
}

function KeyState({ apiKey: { revoked_at: revokedAt, ends_at: endsAt } }: { apiKey: ApiKey }) {
  if (revokedAt !== null) return <Badge>Revoked</Badge>;
  if (endsAt === null) return null;
  return (
    <Badge tone="warn">
      Replaced, ends <Until at={endsAt} />
    </Badge>
  );
}

function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const revoke = useRevokeApiKey();
  const { toast } = useToast();
  const run = async () => {
    await revoke.mutateAsync(apiKey.id);
    toast({ title: `${apiKey.name} is revoked` });
  };
  return (
    <ConfirmDialog title={`Revoke ${apiKey.name}?`} confirm="Revoke the key" danger onConfirm={run} onClose={onClose}>
      <p>
        Programs that use it are refused within ten seconds. This cannot be taken back; to replace a key without a gap,
        rotate it instead.
      </p>
      {apiKey.last_used_at !== null && (
        <p className="text-muted">
          It was used <When at={apiKey.last_used_at} />.
        </p>
      )}
    </ConfirmDialog>
  );
}
