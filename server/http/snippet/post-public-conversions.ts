// POST /v1/public/conversions?key=elp_…: what the snippet sends. Text, so that browsers ask for no permission first;
// answered across origins only to the pages that the workspace names.
import express, { type Request, type RequestHandler } from 'express';
import { publicKeyQuerySchema } from '../../contract/conversion.ts';
import { CodedError } from '../../errors.ts';
import { findSite } from '../../flows/browser-access.ts';
import type { Context } from '../../flows/context.ts';
import { recordPublicConversion } from '../../flows/record-public-conversion.ts';
import { parseInput } from '../middleware/json-body.ts';

/** Whatever it is declared as: `sendBeacon` says text/plain. */
export const readText: RequestHandler = express.text({ type: () => true, limit: '16kb' });

export function postPublicConversions(context: Context): RequestHandler {
  return async (req, res) => {
    const { key } = parseInput(publicKeyQuerySchema, req.query);
    const origin = req.get('origin');
    const site = await findSite(context, { publicKey: key, origin });
    res.vary('Origin');
    res.setHeader('Access-Control-Allow-Origin', origin ?? '');
    res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    res.setHeader('Cache-Control', 'no-store');
    const status = await recordPublicConversion(context, { site, row: rowOf(req) });
    res.status(202).json({ status });
  };
}

function rowOf(req: Request): unknown {
  try {
    return JSON.parse(String(req.body ?? '')) as unknown;
  } catch (error) {
    throw new CodedError('invalid_request', 'The body is not JSON.', { cause: error });
  }
}
