// The HubSpot accounts of the workspace, the ones that need somebody first.
import { Link } from 'react-router';
import { Badge } from '../../components/Badge.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Card, Page } from '../../components/Page.tsx';
import { EmptyState, ErrorState, Loading } from '../../components/States.tsx';
import { When } from '../../components/When.tsx';
import { useConnections } from '../../api/connections.ts';
import type { Connection } from '../../api/contract.ts';
import { ConnectButton } from './ConnectButton.tsx';
import { healthBadge } from './health-badge.ts';
import { nameOf } from './names.ts';

export function ConnectionsPage() {
  const { data: connections, error, refetch } = useConnections();
  const isEmpty = connections?.length === 0;
  return (
    <Page
      title="Connections"
      description="The HubSpot accounts that clicks and conversions are written to."
      actions={!isEmpty && <ConnectButton />}
    >
      <Card flush>
        {connections ? (
          isEmpty ? (
            <NoConnections />
          ) : (
            <ul className="divide-y divide-line">
              {connections.map((connection) => (
                <ConnectionRow key={connection.id} connection={connection} />
              ))}
            </ul>
          )
        ) : error ? (
          <ErrorState error={error} retry={() => void refetch()} />
        ) : (
          <Loading lines={3} />
        )}
      </Card>
    </Page>
  );
}

function ConnectionRow({ connection }: { connection: Connection }) {
  const { id, state, health, provisioning, portal_id: portalId, connected_at: connectedAt } = connection;
  const { label, tone } = healthBadge(state, health.state);
  const done = provisioning.steps.filter((step) => step.state === 'done').length;
  const isPreparing = state === 'active' && provisioning.state !== 'ready';
  return (
    <li>
      <Link to={id} className="flex items-center gap-4 px-4 py-4 hover:bg-sunken/60 sm:px-5">
        <span className="grid size-10 shrink-0 place-items-center rounded-xl bg-accent-soft text-accent max-sm:hidden">
          <Icon name="plug" />
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <span className="truncate font-medium">{nameOf(connection)}</span>
            <Badge tone={tone} dot>
              {label}
            </Badge>
          </span>
          {(isPreparing || health.state !== 'connected') && (
            <span className="block text-muted">
              {!isPreparing
                ? health.words
                : provisioning.state === 'failed'
                  ? 'A step of the preparation failed. It is tried again by itself.'
                  : `Preparing: ${done} of ${provisioning.steps.length || 8} steps.`}
            </span>
          )}
          <span className="block text-[0.8125rem] text-muted">
            Account {portalId}, connected <When at={connectedAt} />
          </span>
        </span>
        <Icon name="arrow" size={16} className="text-muted" />
      </Link>
    </li>
  );
}

function NoConnections() {
  return (
    <EmptyState icon="plug" title="No HubSpot account yet" actions={<ConnectButton />}>
      You go to HubSpot, choose the account and accept the rights; each is explained there and here. Then we prepare
      what is needed: a property group, four contact and deal properties, and the event types. Nothing else of your
      account is changed, and only clicks from then on are written.
    </EmptyState>
  );
}
