// The story of one event, as far as it belongs to this account: what went to another account of the same workspace is left out.
import { CodedError } from '../../errors.ts';
import type { Context } from '../context.ts';
import { explainEvent, type Explanation } from '../log/explain-event.ts';
import { openCardPortal } from './card-portal.ts';

export async function explainCardEvent(
  context: Context,
  { portalId, eventId }: { portalId: number; eventId: string },
): Promise<Explanation> {
  const card = await openCardPortal(context, portalId);
  for (const workspaceId of card.workspaceIds) {
    const { stories } = await explainEvent(context, { workspaceId, eventId });
    const own = stories.filter(({ delivery }) => card.connectionIds.includes(delivery.connectionId ?? ''));
    if (own.length > 0)
      return { found: true, answer: own.map(({ answer }) => answer).join(' '), check: [], stories: own };
  }
  throw new CodedError('not_found', 'This account has no such event.');
}
