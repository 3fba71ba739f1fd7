// How every connected HubSpot account is doing: in words, and when its access was last refreshed.
import { Link } from 'react-router';
import { Badge } from '../../components/Badge.tsx';
import { Card } from '../../components/Page.tsx';
import { Skeleton } from '../../components/States.tsx';
import { When } from '../../components/When.tsx';
import type { Overview } from '../../api/contract.ts';
import { healthBadge } from '../connections/health-badge.ts';

export function PortalsCard({ portals }: { portals: Overview['portals'] | undefined }) {
  if (portals?.length === 0) return null;
  return (
    <Card title="HubSpot accounts" flush>
      <ul className="divide-y divide-line border-t border-line">
        {portals === undefined ? (
          <li className="flex min-h-16 items-center px-5">
            <Skeleton className="h-4 w-72" />
          </li>
        ) : (
          portals.map((portal) => <PortalRow key={portal.connection_id} portal={portal} />)
        )}
      </ul>
    </Card>
  );
}

function PortalRow({ portal }: { portal: Overview['portals'][number] }) {
  const { label, tone } = healthBadge(portal.state, portal.health.state);
  const refreshedAt = portal.health.last_refresh_at;
  return (
    <li>
      <Link
        to={`/connections/${portal.connection_id}`}
        className="flex min-h-16 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 hover:bg-sunken/60 sm:px-5"
      >
        <span className="min-w-0 flex-1 basis-52">
          <span className="block truncate font-medium">{portal.hub_domain || `Account ${portal.portal_id}`}</span>
          <span className="block text-muted">
            {portal.health.state === 'connected' && portal.hub_domain
              ? `Account ${portal.portal_id}`
              : portal.health.words}
          </span>
        </span>
        <Badge tone={tone} dot>
          {label}
        </Badge>
        <span className="text-[0.8125rem] text-muted sm:w-44 sm:text-right">
          {refreshedAt === null ? (
            'Never needs a refresh'
          ) : (
            <>
              Last refreshed <When at={refreshedAt} />
            </>
          )}
        </span>
      </Link>
    </li>
  );
}
