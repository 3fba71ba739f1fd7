// POST /v1/public/conversions?key=elp_…: the conversions that the snippet sends.
import type { RequestHandler } from 'express';
import type { Context } from '../../flows/context.ts';
import { recordPublicConversion } from '../../flows/record-public-conversion.ts';
import { readFromSite } from './read-from-site.ts';

export function postPublicConversions(context: Context): RequestHandler {
  return async (req, res) => {
    const status = await recordPublicConversion(context, await readFromSite(context, { req, res }));
    res.status(202).json({ status });
  };
}
