// What stands in front of every route that HubSpot calls: the raw bytes, and the proof that they are HubSpot's.
import express, { type Request, type RequestHandler } from 'express';
import type { Context } from '../../flows/context.ts';
import { assertSignature } from '../../hubspot/signature.ts';
import { limitRate } from '../middleware/rate-limit.ts';

/** Left as they came: a signature covers bytes, so nothing is unpacked or parsed before it is checked. */
const readBytes: RequestHandler = express.raw({ type: () => true, limit: '1mb', inflate: false });

/** Only refused requests count against an address: HubSpot sends what it must. */
export function signedByHubSpot(context: Context): RequestHandler[] {
  const perMinute = context.config.apiRateLimit;
  return [limitRate({ perMinute, countBy: 'address', onlyRefused: true }), readBytes, requireSignature(context)];
}

/** The address is the configured one: a Host header says what the caller likes. */
function requireSignature({ config, now }: Context): RequestHandler {
  const { clientSecret, previousClientSecret } = config.hubspot;
  const secrets = [clientSecret, previousClientSecret].filter((secret) => secret !== undefined);
  return (req, _res, next) => {
    const request = {
      method: req.method,
      uri: config.publicUrl + req.originalUrl,
      body: bytesOf(req),
      header: (name: string) => req.get(name),
    };
    assertSignature({ request, secrets, accept: config.webhookSignatures, now: now() });
    next();
  };
}

/** Only behind `signedByHubSpot`. */
export function bytesOf(req: Request): Buffer {
  return Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
}
