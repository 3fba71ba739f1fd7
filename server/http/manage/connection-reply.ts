// A connection and the health of its portal in the words of the wire.
import type { z } from 'zod';
import type { connectionSchema } from '../../contract/connection.ts';
import { causeText } from '../../domain/portal-health.ts';
import { askedScopes, missingScopes } from '../../domain/scopes.ts';
import type { ConnectionView } from '../../flows/list-connections.ts';

type ConnectionReply = z.infer<typeof connectionSchema>;

export function connectionReply(view: ConnectionView): ConnectionReply {
  const { connection, portal } = view;
  return {
    id: connection._id,
    portal_id: connection.portalId,
    hub_domain: portal.hubDomain,
    state: connection.state,
    mode: connection.mode,
    dialect: connection.dialect,
    conversion_stage: connection.conversionStage ?? null,
    connected_at: connection.connectedAt.toISOString(),
    health: healthReply(view),
    scopes: { granted: portal.scopes, missing: missingOf(portal) },
    asked_scopes: askedScopes(portal.scopes),
    last_refresh_at: portal.lastRefreshAt.toISOString(),
    provisioning: {
      state: portal.provisioning.state,
      at: portal.provisioning.at.toISOString(),
      steps: portal.provisioning.steps.map((step) => ({ ...step, at: step.at.toISOString() })),
    },
  };
}

/** HubSpot does not tell what a private app may do; what it denies stands in the health. */
function missingOf({ auth, scopes }: ConnectionView['portal']): string[] {
  return auth === 'private_app' ? [] : missingScopes(scopes).map(({ scope }) => scope);
}

export function healthReply({ health, portal }: ConnectionView): ConnectionReply['health'] {
  const { state, reason, since, words, nextStep } = health;
  const isStatic = portal.auth === 'private_app';
  return {
    state,
    since: since.toISOString(),
    reason,
    words,
    next_step: nextStep,
    last_refresh_at: isStatic ? null : portal.lastRefreshAt.toISOString(),
    token_expires_at: isStatic ? null : portal.expiresAt.toISOString(),
  };
}

/** Words for a reason code; a code of a later version is shown as it is. */
export function reasonReply(code: string | null): ConnectionReply['health']['reason'] {
  return code === null ? null : { code, ...causeText(code) };
}
