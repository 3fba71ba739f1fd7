/** The work of one call: its version, token, limit and scope are checked, then its handler runs. */
import type { SandboxContext } from '../context.ts';
import { authenticatePortal, requireScope } from '../middleware/authenticate.ts';
import { ApiError, apiError, resourceNotFound } from './api-error.ts';
import type { ApiVersion } from './api-paths.ts';
import type { OpenCall, Reply, Route } from './call.ts';
import type { Incoming } from './incoming.ts';

/** OAuth v1 ends in February 2027; the switch shows how that will look. */
function refuseEndedVersion(context: SandboxContext, version: ApiVersion): void {
  const { oauthV1 } = context.state.switches;
  if (version !== 'v1' || oauthV1 === 'open') return;
  if (oauthV1 === 'gone') throw apiError(410, { message: 'This API version is no longer available.' });
  throw resourceNotFound();
}

/** The clock behind the rate limits. */
export const rateTime = (context: SandboxContext): number =>
  context.state.switches.rateClock === 'sandbox' ? context.now() : context.monotonicNow();

const dateIn = (timeZone: string, now: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now);

/** Throws the ApiError that HubSpot would answer with. `route` null: no such path. */
export function perform(context: SandboxContext, incoming: Incoming, route: Route | null): Reply {
  const { request, version } = incoming;
  refuseEndedVersion(context, version);
  if (route === null) throw resourceNotFound();
  const now = context.now();
  const call: OpenCall = {
    context,
    now,
    version,
    params: request.params as Record<string, string>,
    query: new URLSearchParams(request.originalUrl.split('?')[1] ?? ''),
    headers: request.headers,
    body: incoming.body,
  };
  if (!('scopes' in route)) {
    if (incoming.error !== null) throw incoming.error;
    return route.run(call);
  }
  const { token, portal } = authenticatePortal(context, request.headers.authorization, now);
  const bucket = route.bucket ?? 'burst';
  // Tokens of private apps do not end.
  const day = token.expiresAt === null ? dateIn(portal.timeZone, now) : null;
  const limits = context.limiter.admit({ portal, appId: token.appId, bucket, now: rateTime(context), day });
  try {
    requireScope(token, route.scopes(call.params));
    if (incoming.error !== null) throw incoming.error;
    const reply = route.run({ ...call, portal, token });
    return { ...reply, headers: { ...limits, ...reply.headers } };
  } catch (error) {
    if (error instanceof ApiError) throw new ApiError(error.status, error.body, { ...limits, ...error.headers });
    throw error;
  }
}
