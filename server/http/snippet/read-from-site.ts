// What a page of a customer sends: text, so that browsers ask for no permission first; answered across origins only to the
// pages that the workspace names.
import express, { type Request, type RequestHandler, type Response } from 'express';
import { publicKeyQuerySchema } from '../../contract/conversion.ts';
import { CodedError } from '../../errors.ts';
import { findSite, type Site } from '../../flows/browser-access.ts';
import type { Context } from '../../flows/context.ts';
import { parseInput } from '../middleware/json-body.ts';

/** Whatever it is declared as: `sendBeacon` says text/plain. */
export const readText: RequestHandler = express.text({ type: () => true, limit: '16kb' });

/** The site and what it says; from here on the page may read the answer. Throws when the page or its text is refused. */
export async function readFromSite(
  context: Context,
  { req, res }: { req: Request; res: Response },
): Promise<{ site: Site; row: unknown }> {
  const { key } = parseInput(publicKeyQuerySchema, req.query);
  const origin = req.get('origin');
  const site = await findSite(context, { publicKey: key, origin });
  res.vary('Origin');
  res.setHeader('Access-Control-Allow-Origin', origin ?? '');
  res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  res.setHeader('Cache-Control', 'no-store');
  return { site, row: rowOf(req) };
}

function rowOf(req: Request): unknown {
  try {
    return JSON.parse(String(req.body ?? '')) as unknown;
  } catch (error) {
    throw new CodedError('invalid_request', 'The body is not JSON.', { cause: error });
  }
}
