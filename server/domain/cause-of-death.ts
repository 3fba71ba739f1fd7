// Why HubSpot refuses a refresh token. It says no more than "invalid, expired or revoked", so the cause is told from what we know
// ourselves, and only as far as that goes. Pure.
import type { PortalCause } from './portal-health.ts';

export interface DeathEvidence {
  /** What became of an access token that should still live: HubSpot knows it, has dropped it, or nobody can tell. */
  accessToken: 'alive' | 'dead' | 'not_known';
  /** This host or process has seen newer tokens than the store holds. */
  storeIsOlder: boolean;
  /** The tokens were stored by a process with another public address. */
  storedElsewhere: boolean;
  /** HubSpot has given this installation a new refresh token before. */
  rotates: boolean;
  /** An earlier refresh began and nobody knows how it ended. */
  interrupted: boolean;
  sinceLastRefreshMs: number;
}

const dormantAfterMs = 180 * 24 * 3600_000;

/** In the order of how much each proves. Without any evidence: revoked. */
export function causeOfDeath(evidence: DeathEvidence): PortalCause | 'hubspot_token_revoked' {
  if (evidence.storeIsOlder) return 'restored_backup';
  // Uninstalling kills every token at once; a chain that somebody else took leaves the access token alive.
  if (evidence.accessToken === 'dead') return 'uninstalled_in_hubspot';
  if (evidence.sinceLastRefreshMs > dormantAfterMs) return 'token_dormant';
  // A chain that keeps its refresh token cannot be taken away by refreshing it somewhere else.
  if (evidence.rotates && evidence.interrupted) return 'refresh_interrupted';
  if (evidence.rotates && evidence.storedElsewhere) return 'copied_environment';
  if (evidence.rotates) return 'refreshed_elsewhere';
  return 'hubspot_token_revoked';
}
