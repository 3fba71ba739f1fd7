// Calls to a portal outside its lease, counted across processes on the database's clock. A call is counted from its start until one window
// after its end, so that no window of HubSpot's holds more of them than the limit.
import { untilIn } from './database-clock.ts';
import type { PortalModel } from './portal-model.ts';

export function makeSideCalls(model: PortalModel) {
  const known = { $ifNull: ['$sideCalls', []] };

  return {
    /** True when the call may be made: `heldMs` must be longer than it and one window. */
    async takeSideCall({ portalId, id, limit, heldMs }: NewSideCall): Promise<boolean> {
      const counted = { $filter: { input: known, as: 'call', cond: { $gt: ['$$call.until', '$$NOW'] } } };
      const added = { $concatArrays: ['$sideCalls', [{ id, until: untilIn(heldMs) }]] };
      const portal = await model
        .findOneAndUpdate(
          { _id: portalId },
          [
            { $set: { sideCalls: counted } },
            { $set: { sideCalls: { $cond: [{ $lt: [{ $size: '$sideCalls' }, limit] }, added, '$sideCalls'] } } },
          ],
          { returnDocument: 'after', updatePipeline: true, projection: { sideCalls: 1 } },
        )
        .lean();
      return portal?.sideCalls?.some((call) => call.id === id) ?? true;
    },

    async endSideCall({ portalId, id, windowMs }: { portalId: number; id: string; windowMs: number }): Promise<void> {
      const ended = { id, until: untilIn(windowMs) };
      const each = { $cond: [{ $eq: ['$$call.id', id] }, ended, '$$call'] };
      await model.updateOne(
        { _id: portalId },
        [{ $set: { sideCalls: { $map: { input: known, as: 'call', in: each } } } }],
        {
          updatePipeline: true,
        },
      );
    },
  };
}

interface NewSideCall {
  portalId: number;
  id: string;
  limit: number;
  heldMs: number;
}
