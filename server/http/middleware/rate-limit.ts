// How often one caller, or one address, may ask in a minute. Counted in memory: per process, and gone with it.
import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { CodedError } from '../../errors.ts';
import { callerOf } from './authenticate.ts';

const minuteMs = 60_000;

interface RateLimit {
  perMinute: number;
  /** `caller` only behind `requireCaller`; or what else a request is counted by. */
  countBy: 'caller' | 'address' | ((res: Response) => string);
  /** Count only requests that were refused, for example with a guessed key. */
  onlyRefused?: boolean;
}

export function limitRate({ perMinute, countBy, onlyRefused = false }: RateLimit): RequestHandler {
  return rateLimit({
    windowMs: minuteMs,
    limit: perMinute,
    legacyHeaders: false,
    standardHeaders: false,
    validate: false,
    skipSuccessfulRequests: onlyRefused,
    keyGenerator: (req: Request, res: Response) => {
      if (typeof countBy === 'function') return countBy(res);
      return countBy === 'caller' ? callerOf(res).id : ipKeyGenerator(req.ip ?? '');
    },
    handler: (_req, _res, next) => next(tooMany(perMinute)),
  });
}

export function tooMany(perMinute: number): CodedError {
  return new CodedError('rate_limited', `More than ${perMinute} requests in a minute. Wait, or send rows in batches.`, {
    retryAfterMs: minuteMs,
  });
}
