// A landing page that somebody touched: the sign of a person behind a click, whether the click was judged already or is not even stored.
import { landingSchema } from '../contract/landing.ts';
import { firstProblem } from '../contract/problem.ts';
import { CodedError } from '../errors.ts';
import type { Site } from './browser-access.ts';
import type { Context } from './context.ts';
import { judgeLandedAnew } from './judge-landed-anew.ts';

/** Throws what is wrong with it. That the click is not known is no mistake: it may still be on its way. */
export async function recordLanding(context: Context, { site, row }: { site: Site; row: unknown }): Promise<void> {
  const parsed = landingSchema.safeParse(row);
  if (!parsed.success) {
    const { field, message } = firstProblem(parsed.error);
    throw new CodedError('invalid_request', message, field === '' ? {} : { field });
  }
  const { store, now } = context;
  const { workspaceId } = site;
  const clickId = parsed.data.click_id;
  await store.landings.record({ workspaceId, clickId, now: now() });
  const deliveries = await store.deliveries.listOfEvent({ workspaceId, eventId: clickId });
  await judgeLandedAnew(
    context,
    deliveries.filter(({ state, reason }) => state === 'skipped' && reason === 'machine_click'),
  );
}
