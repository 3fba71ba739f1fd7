// POST /v1/public/landings?key=elp_…: what the snippet sends once somebody touches the landing page.
import type { RequestHandler } from 'express';
import type { Context } from '../../flows/context.ts';
import { recordLanding } from '../../flows/record-landing.ts';
import { readFromSite } from './read-from-site.ts';

export function postPublicLandings(context: Context): RequestHandler {
  return async (req, res) => {
    await recordLanding(context, await readFromSite(context, { req, res }));
    res.status(202).json({ status: 'accepted' });
  };
}
