// What stands in front of every route that HubSpot calls: the raw bytes, and the proof that they are HubSpot's.
import express, { type Request, type RequestHandler } from 'express';
import { CodedError } from '../../errors.ts';
import type { Context } from '../../flows/context.ts';
import { assertSignature, isSigned, type SignatureVersion } from '../../hubspot/signature.ts';
import { limitRate } from '../middleware/rate-limit.ts';

/** Left as they came: a signature covers bytes, so nothing is unpacked or parsed before it is checked. */
const readBytes: RequestHandler = express.raw({ type: () => true, limit: '1mb', inflate: false });

export interface SignedRoute {
  /** Signatures that are enough, the strongest first. */
  accept: readonly SignatureVersion[];
}

/** Only refused requests count against an address: HubSpot sends what it must. */
export function signedByHubSpot(context: Context, { accept }: SignedRoute): RequestHandler[] {
  const perMinute = context.config.apiRateLimit;
  return [
    limitRate({ perMinute, countBy: 'address', onlyRefused: true }),
    readBytes,
    requireSignature(context, accept),
  ];
}

/** The address is the configured one: a Host header says what the caller likes. */
function requireSignature({ config, now }: Context, accept: SignedRoute['accept']): RequestHandler {
  const { clientSecret, previousClientSecret } = config.hubspot;
  const secrets = [clientSecret, previousClientSecret].filter((secret) => secret !== undefined);
  return (req, _res, next) => {
    const check = (origin: string) => ({
      request: {
        method: req.method,
        uri: origin + req.originalUrl,
        body: bytesOf(req),
        header: (name: string) => req.get(name),
      },
      secrets,
      accept,
      now: now(),
    });
    // The proxy of `hs project dev` signs the local address that it maps ours to.
    const isLocal = config.cardDevelopment !== null && isSigned(check(`http://localhost:${config.port}`));
    if (!isLocal) assertSignature(check(config.publicUrl));
    next();
  };
}

/** Only behind `signedByHubSpot`. */
export function bytesOf(req: Request): Buffer {
  return Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
}

/** The JSON of a body that was proved. */
export function signedJson(req: Request): unknown {
  try {
    return JSON.parse(bytesOf(req).toString('utf8'));
  } catch {
    throw new CodedError('invalid_request', 'The body is not JSON.');
  }
}
