// Refuses a visit that is one too many for its address. Asked only for visits that the fast lane did not answer.
import type { RequestHandler } from 'express';
import type { Context } from '../../flows/context.ts';
import { tooMany } from '../middleware/rate-limit.ts';
import type { VisitLimit } from './visit-limit.ts';

export function limitVisits({ config }: Pick<Context, 'config'>, limit: VisitLimit): RequestHandler {
  return (req, _res, next) => next(limit.take(req.ip ?? '') ? undefined : tooMany(config.redirectRateLimit));
}
