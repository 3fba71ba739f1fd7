// A connection and the health of its portal in the words of the wire.
import type { z } from 'zod';
import type { connectionSchema } from '../../contract/connection.ts';
import { explain, isReasonCode } from '../../domain/reasons.ts';
import { missingScopes } from '../../domain/scopes.ts';
import type { ConnectionView } from '../../flows/list-connections.ts';

type ConnectionReply = z.infer<typeof connectionSchema>;

export function connectionReply({ connection, portal }: ConnectionView): ConnectionReply {
  return {
    id: connection._id,
    portal_id: connection.portalId,
    hub_domain: portal.hubDomain,
    state: connection.state,
    mode: connection.mode,
    dialect: connection.dialect,
    conversion_stage: connection.conversionStage ?? null,
    connected_at: connection.connectedAt.toISOString(),
    health: {
      state: portal.state,
      since: portal.stateSince.toISOString(),
      reason: reasonReply(portal.stateReason),
    },
    scopes: { granted: portal.scopes, missing: missingScopes(portal.scopes).map(({ scope }) => scope) },
    last_refresh_at: portal.lastRefreshAt.toISOString(),
    provisioning: {
      state: portal.provisioning.state,
      at: portal.provisioning.at.toISOString(),
      steps: portal.provisioning.steps.map((step) => ({ ...step, at: step.at.toISOString() })),
    },
  };
}

/** Words for a reason code; a code of a later version is shown as it is. */
export function reasonReply(code: string | null): ConnectionReply['health']['reason'] {
  if (code === null) return null;
  return { code, ...(isReasonCode(code) ? explain(code) : { words: code, next: 'See docs/failures.md.' }) };
}
