// Does HubSpot answer, does it accept our token, what may we do with it, how much of the budget is left, and are the clocks alike?
import { failed, ok, unknown, type Check } from '../../domain/checkup.ts';
import { missingScopes } from '../../domain/scopes.ts';
import { isCoded, toCoded } from '../../errors.ts';
import { introspectToken } from '../../hubspot/oauth.ts';
import { isSilence, probeAccount, type Probe } from '../../hubspot/probe.ts';
import { VaultError } from '../../lib/vault.ts';
import type { Portal } from '../../store/portals.ts';
import type { Context } from '../context.ts';
import { sideBudget } from '../side-budget.ts';
import { appCredentials } from '../tokens/credentials.ts';

export interface Access {
  checks: Check[];
  /** False: nothing that needs the token can be asked. */
  usable: boolean;
  /** As HubSpot says now, or as it said at the installation. */
  scopes: readonly string[];
}

const reconnect = 'Reconnect as a super admin and accept all scopes.';
/** HubSpot refuses nothing by our clock, but we refuse its webhooks after five minutes, and refresh tokens too late. */
const skewLimitMs = 60_000;

export async function checkAccess(context: Context, portal: Portal): Promise<Access> {
  const token = await freshToken(context, portal._id);
  const answer = await probe(context, portal._id, token.accessToken);
  const accepted = token.accessToken !== undefined && answer.probe !== null && answer.probe.status !== 401;
  const granted = accepted ? await grantedScopes(context, answer.accessToken ?? '') : null;
  const stored = await context.store.portals.find(portal._id);
  const scopes = granted ?? portal.scopes;
  return {
    usable: accepted,
    scopes,
    checks: [
      answer.check,
      clock(context, answer.probe),
      tokenCheck({ portal: stored ?? portal, failure: token.failure, accepted, rejected: rejectedBy(answer) }),
      portal.auth === 'private_app' ? privateScopes : scopesCheck(scopes, granted !== null),
      budget(answer.probe),
    ],
  };
}

/** The reads and writes that follow show what matters of them. */
const privateScopes = unknown('scopes', 'HubSpot does not tell the scopes of a private app token.');

interface TokenAnswer {
  accessToken?: string;
  failure: unknown;
}

async function freshToken({ tokens }: Context, portalId: number, rejected?: string): Promise<TokenAnswer> {
  try {
    return { accessToken: await tokens.fresh(portalId, rejected), failure: null };
  } catch (error) {
    return { failure: error };
  }
}

interface Answer {
  probe: Probe | null;
  /** The token that was shown last. */
  accessToken?: string | undefined;
  check: Check;
}

async function probe(context: Context, portalId: number, accessToken: string | undefined): Promise<Answer> {
  const ask = (token: string | undefined) =>
    paid(context, portalId, () =>
      probeAccount(context.hubspot, { portalId, lane: 'card', ...(token === undefined ? {} : { accessToken: token }) }),
    );
  try {
    const first = await ask(accessToken);
    // A token that HubSpot dropped early may be replaced by a refresh; only then is it known to be dead.
    const again = first.status === 401 && accessToken ? await freshToken(context, portalId, accessToken) : null;
    const answer = again?.accessToken ? await ask(again.accessToken) : first;
    const shown = again?.accessToken ?? accessToken;
    return {
      probe: answer,
      accessToken: shown,
      check: ok('reachable', `${context.config.hubspot.apiUrl} answers (${answer.status}).`),
    };
  } catch (error) {
    const { message } = toCoded(error);
    const remedy = 'Check the network, proxies and HUBSPOT_API_URL, then https://status.hubspot.com.';
    return { probe: null, check: failed('reachable', `HubSpot does not answer. ${message}`, remedy) };
  }
}

/** Within the side budget, as every call outside the lease. */
async function paid<T>(context: Context, portalId: number, call: () => Promise<T>): Promise<T> {
  const slot = await sideBudget(context, portalId).take({ lane: 'card' });
  try {
    return await call();
  } finally {
    slot.done();
  }
}

function clock({ now }: Context, answer: Probe | null): Check {
  if (answer?.date == null) return unknown('clock', 'HubSpot did not tell its time.');
  const skewMs = now() - answer.date;
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  if (Math.abs(skewMs) <= skewLimitMs) return ok('clock', `Within ${Math.max(1, seconds)} s of HubSpot's.`);
  const words = `Our clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} HubSpot's.`;
  return failed('clock', words, 'Set the clock of this machine by NTP. Webhooks are refused when it is 5 minutes off.');
}

interface TokenFacts {
  portal: Portal;
  failure: unknown;
  accepted: boolean;
  /** HubSpot was shown a token and refused it. */
  rejected: boolean;
}

/** Without a token HubSpot refuses too, which says nothing about ours. */
function rejectedBy({ probe: answer, accessToken }: Answer): boolean {
  return accessToken !== undefined && answer?.status === 401;
}

function tokenCheck({ portal, failure, accepted, rejected }: TokenFacts): Check {
  const refreshed = `Last refreshed at ${portal.lastRefreshAt.toISOString()}`;
  if (accepted) return ok('token', `${refreshed}; valid until ${portal.expiresAt.toISOString()}.`);
  const revoked = isCoded(failure, 'hubspot_token_revoked') || rejected;
  if (revoked && portal.state !== 'connected')
    return failed('token', `Token revoked: HubSpot no longer accepts the connection. ${refreshed}.`, reconnect);
  if (revoked) return failed('token', `HubSpot does not accept the token. ${refreshed}.`, reconnect);
  if (failure === null || isSilence(failure)) return unknown('token', `Could not be tried. ${refreshed}.`);
  if (failure instanceof VaultError)
    return failed('token', failure.message, 'Run the doctor with the ENCRYPTION_KEYS (or the DATA_DIR) of the server.');
  return failed('token', `${toCoded(failure).message} ${refreshed}.`, 'See docs/failures.md for the code.');
}

/** Null when it cannot be asked. */
async function grantedScopes(context: Context, token: string): Promise<readonly string[] | null> {
  try {
    const query = { ...appCredentials(context.config), token, kind: 'access_token' as const };
    return (await introspectToken(context.hubspot, query))?.scopes ?? null;
  } catch (error) {
    context.log.debug({ err: error }, 'the scopes of a token could not be asked');
    return null;
  }
}

function scopesCheck(scopes: readonly string[], asked: boolean): Check {
  const missing = missingScopes(scopes);
  const when = asked ? '' : ' (as of the installation; HubSpot could not be asked)';
  if (missing.length > 0) {
    const words = missing.map(({ scope, without }) => `${scope} is missing: ${without}`).join(' ');
    return failed('scopes', `Insufficient permissions${when}. ${words}`, reconnect);
  }
  const words = `All ${scopes.length} scopes that are needed are granted${when}.`;
  return asked ? ok('scopes', words) : unknown('scopes', words);
}

/** Of a day's calls. */
const nearlyUsedUp = 0.01;

function budget(answer: Probe | null): Check {
  if (answer?.status === 429)
    return failed('budget', 'HubSpot asks to slow down (429).', 'Nothing to do: events wait and go out by themselves.');
  if (!answer?.budget) return unknown('budget', 'HubSpot did not tell the budget.');
  const { max, left } = answer.budget;
  const { day } = answer;
  const ofDay = day ? ` Of the day ${day.left} of ${day.max} are left.` : '';
  const words = `${max - left} of ${max} calls of this window are spent, ${left} are left.${ofDay}`;
  if (day && day.left <= day.max * nearlyUsedUp)
    return failed(
      'budget',
      words,
      'See which other private app uses the day. What waits goes out after midnight there.',
    );
  if (left > 0) return ok('budget', words);
  return failed('budget', words, 'Lower HUBSPOT_CALLS_PER_10S, or see which other app uses the budget.');
}
