// One HubSpot account: how it is doing and what to do about it, its preparation as it happens, its settings, its rights, and the way out.
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { Badge } from '../../components/Badge.tsx';
import { ButtonLink } from '../../components/Button.tsx';
import { Callout } from '../../components/Callout.tsx';
import { Card, Page } from '../../components/Page.tsx';
import { ErrorState, Loading } from '../../components/States.tsx';
import { When } from '../../components/When.tsx';
import { useConnections } from '../../api/connections.ts';
import type { Connection } from '../../api/contract.ts';
import { MissingPage } from '../../shell/BrokenPage.tsx';
import { ConnectButton } from './ConnectButton.tsx';
import { ConnectionActions } from './ConnectionActions.tsx';
import { ConnectionSettings } from './ConnectionSettings.tsx';
import { healthBadge } from './health-badge.ts';
import { nameOf } from './names.ts';
import { ProvisioningCard } from './ProvisioningCard.tsx';
import { ScopesCard } from './ScopesCard.tsx';

const back = { to: '/connections', label: 'Connections' };

export function ConnectionPage() {
  const { connectionId } = useParams();
  const { data: connections, error, refetch } = useConnections();
  const connection = connections?.find(({ id }) => id === connectionId);
  if (connection) return <Loaded connection={connection} />;
  if (connections) return <MissingPage />;
  return (
    <Page title="Connection" back={back}>
      <Card>{error ? <ErrorState error={error} retry={() => void refetch()} /> : <Loading lines={6} />}</Card>
    </Page>
  );
}

function Loaded({ connection }: { connection: Connection }) {
  const { state } = connection;
  return (
    <Page
      title={nameOf(connection)}
      description={`HubSpot account ${connection.portal_id}`}
      back={back}
      actions={
        state !== 'disconnected' && (
          <>
            <ButtonLink to={`/mapping/${connection.id}`} icon="map">
              Field mapping
            </ButtonLink>
            <ConnectionActions connection={connection} />
          </>
        )
      }
    >
      <div className="grid grid-cols-1 gap-4 sm:gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="space-y-4 sm:space-y-5">
          <HealthCard connection={connection} />
          {state !== 'disconnected' && <ConnectionSettings key={connection.id} connection={connection} />}
          <ScopesCard connection={connection} />
        </div>
        <ProvisioningCard connection={connection} />
      </div>
    </Page>
  );
}

function HealthCard({ connection }: { connection: Connection }) {
  const { state, health, connected_at: connectedAt } = connection;
  const { label, tone } = healthBadge(state, health.state);
  const isLost = ['needs_sign_in', 'uninstalled', 'insufficient_permissions'].includes(health.state);
  return (
    <Card
      title="Health"
      actions={
        <Badge tone={tone} dot>
          {label}
        </Badge>
      }
    >
      {state === 'disconnected' ? (
        <Callout tone="info" title="Disconnected." actions={<ConnectButton again />}>
          Nothing is sent to this account. Its links, mapping and log are kept; connecting it again goes on from there.
        </Callout>
      ) : isLost ? (
        <Callout tone="bad" title={health.words} actions={<ConnectButton again />}>
          {health.next_step} Nothing is lost meanwhile: the queue is kept.
        </Callout>
      ) : state === 'paused' ? (
        <Callout tone="warn" title="Paused.">
          {health.next_step ?? 'Resume the connection: what waits is then sent.'}
        </Callout>
      ) : (
        <p>{health.words} Clicks are written within seconds.</p>
      )}
      <dl className="mt-4 grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3">
        <Fact name="Since">
          <When at={health.since} />
        </Fact>
        <Fact name="Last refreshed">
          {health.last_refresh_at ? <When at={health.last_refresh_at} /> : 'needs none'}
        </Fact>
        <Fact name="Forwards from">
          <When at={connectedAt} />
        </Fact>
      </dl>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="mt-0.5">{children}</dd>
    </div>
  );
}
