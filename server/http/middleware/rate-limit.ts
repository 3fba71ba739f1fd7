// How often one key, or one address, may ask in a minute. Counted in memory: per process, and gone with it.
import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { CodedError } from '../../errors.ts';
import { callerOf } from './authenticate.ts';

const minuteMs = 60_000;

/** `key` only behind `requireKey`; `address` in front of it, so that guessing keys is limited as well. */
export function limitRate({ perMinute, countBy }: { perMinute: number; countBy: 'key' | 'address' }): RequestHandler {
  return rateLimit({
    windowMs: minuteMs,
    limit: perMinute,
    legacyHeaders: false,
    standardHeaders: false,
    validate: false,
    keyGenerator: (req: Request, res: Response) =>
      countBy === 'key' ? callerOf(res).keyId : ipKeyGenerator(req.ip ?? ''),
    handler: (_req, _res, next) => {
      next(
        new CodedError('rate_limited', `More than ${perMinute} requests in a minute. Wait, or send rows in batches.`, {
          retryAfterMs: minuteMs,
        }),
      );
    },
  });
}
