// Writes down what is about to be sent, before it is sent: what a process that dies leaves behind is sent again, and nothing else.
import { CodedError } from '../../errors.ts';
import { touchDays } from '../card/touch-days.ts';
import type { Context } from '../context.ts';
import type { Planned } from './batch.ts';
import type { PortalSession } from './session.ts';

export async function recordPlans(
  context: Context,
  { fence }: Pick<PortalSession, 'fence'>,
  planned: readonly Planned[],
): Promise<void> {
  await touchDays(
    context,
    planned.map(({ delivery }) => ({ ...delivery, counted: delivery.kind === 'click' })),
  );
  const isOurs = await context.store.deliveries.recordPlans(
    planned.map(({ delivery, contactId, dealIds, sends }) => {
      return {
        id: delivery._id,
        contactId,
        dealIds,
        sends,
        counted: delivery.kind === 'click',
        verdict: delivery.verdict,
      };
    }),
    fence,
  );
  // Not a failure of these deliveries: whoever has them now settles them.
  if (!isOurs) throw new CodedError('store_unavailable', 'Another process took the portal over. It goes on there.');
}
