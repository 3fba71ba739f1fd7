// GET /v1/deliveries: the delivery log, newest arrival first.
import type { RequestHandler } from 'express';
import { fromCursor, logQuerySchema, toCursor } from '../../contract/delivery-log.ts';
import { CodedError } from '../../errors.ts';
import type { Context } from '../../flows/context.ts';
import { makeFilter } from '../../flows/log/make-filter.ts';
import { readLog } from '../../flows/log/read-log.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseInput } from '../middleware/json-body.ts';
import { deliveryReply } from './delivery-reply.ts';

export function getDeliveries(context: Context): RequestHandler {
  return async (req, res) => {
    const { cursor, limit, ...asked } = parseInput(logQuerySchema, req.query);
    const { workspaceId } = callerOf(res);
    const filter = await makeFilter(context, workspaceId, asked);
    const after = cursor === undefined ? null : positionOf(cursor);
    const { deliveries, next } = await readLog(context, { workspaceId, filter, after, limit });
    res.json({ deliveries: deliveries.map(deliveryReply), next_cursor: next && toCursor(next) });
  };
}

function positionOf(cursor: string) {
  const position = fromCursor(cursor);
  if (position) return position;
  throw new CodedError('invalid_request', 'cursor: Send next_cursor of the page before, as it was.', {
    field: 'cursor',
  });
}
