// Who asks a card route: read from the signed query, never from body, path or headers.
import type { Request, RequestHandler, Response } from 'express';
import { askedOf, readIdentity, type CardActor, type IdentityProblem } from '../../domain/card/identity.ts';
import { CodedError } from '../../errors.ts';
import type { Context } from '../../flows/context.ts';
import { requestIdOf } from '../middleware/request-id.ts';

const words: Record<IdentityProblem, string> = {
  missing: 'The request does not say which user of which account asks. Cards call with hubspot.fetch.',
  malformed: 'Who asks is not written as HubSpot writes it.',
  repeated: 'portalId, userId, userEmail and appId are put in by HubSpot. A card must not send them itself.',
  wrong_app: 'The request was made for another app.',
};

export function requireCardUser({ config }: Context): RequestHandler {
  return (req, res, next) => {
    const query = req.originalUrl.split('?').slice(1).join('?');
    const read = readIdentity(query, config.hubspot.appId);
    if ('problem' in read) {
      const isNamed = read.problem !== 'missing';
      if (isNamed || config.cardDevelopment === null) {
        throw new CodedError('unauthorized', words[read.problem], { details: { problem: read.problem } });
      }
      res.locals.cardUser = { ...config.cardDevelopment, requestId: requestIdOf(res) };
    } else res.locals.cardUser = { ...read.identity, requestId: requestIdOf(res) };
    next();
  };
}

/** Only behind `requireCardUser`. */
export function cardUserOf(res: Response): CardActor {
  const identity = res.locals.cardUser as CardActor | undefined;
  if (!identity) throw new Error('cardUserOf was used on a route without requireCardUser.');
  return identity;
}

/** The query without what HubSpot appended. */
export function askedBy(req: Request): Record<string, unknown> {
  return askedOf(req.query);
}
