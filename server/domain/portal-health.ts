// How a portal is doing, as data: its state, why, since when, in words and with the next step. Pure; docs/failures.md has a
// heading for every cause. What the console, the cards and the API show is made here.
import { explain, isReasonCode } from './reasons.ts';

export const healthStates = [
  'connected',
  'refreshing',
  'paused',
  'insufficient_permissions',
  'needs_sign_in',
  'uninstalled',
] as const;
export type HealthState = (typeof healthStates)[number];

interface HealthText {
  words: string;
  next: string;
}

const reconnect = 'Reconnect the account with a new installation link. What waits is then sent.';

/** Why a portal cannot be worked, beside the codes of errors. Each is recognised by evidence: see `causeOfDeath`. */
export const portalCauses = {
  uninstalled_in_hubspot: {
    words: 'The app was uninstalled in HubSpot: its access token died before its time.',
    next: 'Install the app again. Links, mapping and queue are kept, and what waits is then sent.',
  },
  token_dormant: {
    words: 'HubSpot no longer accepts the refresh token, which had not been used for half a year.',
    next: reconnect,
  },
  restored_backup: {
    words:
      'The database is older than the tokens: HubSpot has issued newer ones since, which a restored backup does not hold.',
    next: `${reconnect} Restore the token folder (DATA_DIR/tokens) together with the database next time.`,
  },
  copied_environment: {
    words: 'These tokens were copied from another environment, and whichever refreshes first takes the chain.',
    next: 'Give this environment an app of its own and connect it there. Reconnect the original if it was hit too.',
  },
  refreshed_elsewhere: {
    words:
      'HubSpot rotates the tokens of this account and ours is no longer the newest: something else took the next one.',
    next: `Look for a second environment with a copy of this database and stop it. ${reconnect}`,
  },
  refresh_interrupted: {
    words:
      'A refresh was cut off after HubSpot had issued new tokens and before they could be kept, so the old ones died.',
    next: reconnect,
  },
  wrong_portal: {
    words: 'The stored token belongs to another HubSpot account. Nothing is sent with it.',
    next: 'Reconnect this account. If the database was edited by hand, undo that.',
  },
  private_token_refused: {
    words: 'HubSpot refused the private app token: it was rotated or deleted, or the app was deactivated.',
    next: 'Copy the current token from the private app in HubSpot into HUBSPOT_PRIVATE_APP_TOKEN and restart.',
  },
  private_token_missing: {
    words: 'This account is connected with a private app token, and none is configured.',
    next: 'Set HUBSPOT_PRIVATE_APP_TOKEN and restart, or install the app by OAuth.',
  },
  daily_calls_used_up: {
    words:
      'HubSpot allows this account so many calls a day, and they are used up except for what is kept for other apps.',
    next: 'Nothing has to be done: what waits goes out by itself after midnight in the account.',
  },
  scopes_shrunk: {
    words: 'Insufficient permissions: HubSpot grants the app less than it needs.',
    next: 'Reconnect as a super admin and accept all scopes. What waits is then sent.',
  },
} as const satisfies Record<string, HealthText>;

export type PortalCause = keyof typeof portalCauses;

/** What the store knows of a portal that says how it is doing. */
export interface PortalFacts {
  state: 'connected' | 'needs_sign_in' | 'uninstalled';
  stateReason: string | null;
  stateSince: Date;
  /** Rights that HubSpot denies although the token lives. */
  limited?: { reason: string; since: Date } | null | undefined;
  refreshLock?: { until: Date; since?: Date } | null | undefined;
  /** As the last worker left it; `day` where HubSpot counts the calls of a day. */
  budget?: { at: Date; pausedForMs: number; day?: { max: number; left: number } | null } | null | undefined;
}

export interface Health {
  state: HealthState;
  reason: { code: string; words: string; next: string } | null;
  since: Date;
  words: string;
  nextStep: string | null;
}

interface Question {
  portal: PortalFacts;
  connection: { state: 'active' | 'paused' | 'disconnected'; stateSince?: Date | null | undefined };
  now: number;
}

/** The worst of what is known comes first: a dead token before missing rights, those before a pause. */
export function healthOf({ portal, connection, now }: Question): Health {
  const { state, stateReason, stateSince, limited, refreshLock, budget } = portal;
  if (state !== 'connected') return told(state, stateReason, stateSince);
  if (limited) return told('insufficient_permissions', limited.reason, limited.since);
  if (connection.state === 'paused') return told('paused', 'connection_paused', connection.stateSince ?? stateSince);
  if (budget && restsForTheDay(budget, now)) return told('connected', 'daily_calls_used_up', budget.at);
  if (refreshLock && refreshLock.until.getTime() > now)
    return told('refreshing', null, refreshLock.since ?? stateSince);
  return told('connected', null, stateSince);
}

/** Pauses of the ten-second limit are shorter. */
const longestOtherPauseMs = 60_000;

function restsForTheDay({ at, pausedForMs, day }: NonNullable<PortalFacts['budget']>, now: number): boolean {
  return day != null && pausedForMs > longestOtherPauseMs && at.getTime() + pausedForMs > now;
}

const plain: Record<HealthState, { words: string; next: string | null }> = {
  connected: { words: 'Connected.', next: null },
  refreshing: { words: 'Connected; the access token is being refreshed.', next: null },
  paused: { words: 'The connection is paused.', next: 'Resume the connection: what waits is then sent.' },
  insufficient_permissions: portalCauses.scopes_shrunk,
  needs_sign_in: { words: 'Somebody has to sign in to HubSpot again.', next: reconnect },
  uninstalled: { words: 'The app is not installed in this account.', next: 'Install the app again.' },
};

function told(state: HealthState, code: string | null, since: Date): Health {
  const reason = code === null ? null : { code, ...causeText(code) };
  const { words, next } = plain[state];
  return { state, reason, since, words: reason?.words ?? words, nextStep: reason?.next ?? next };
}

/** Words and next step of a cause or an error code; a code of a later version is shown as it is. */
export function causeText(code: string): HealthText {
  if (Object.hasOwn(portalCauses, code)) return portalCauses[code as PortalCause];
  if (isReasonCode(code)) return explain(code);
  return { words: code, next: 'See docs/failures.md.' };
}
