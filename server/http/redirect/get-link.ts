// GET and HEAD /r/:slug: keeps the click, then sends the visitor on. HubSpot is never asked; the store hardly ever.
// Most visits are answered before they come here: see fast-lane.ts.
import type { RequestHandler } from 'express';
import { CodedError } from '../../errors.ts';
import { acceptClick } from '../../flows/accept-click.ts';
import type { Context } from '../../flows/context.ts';
import { findLink } from '../../flows/find-link.ts';
import { requestIdOf } from '../middleware/request-id.ts';
import { sendPage } from '../page.ts';
import { clickOf, type Sources } from './click-of.ts';
import { redirectHeaders } from './send-on.ts';

const slugPattern = /^[A-Za-z0-9_-]{1,64}$/;

export function getLink(context: Context, sources: Sources): RequestHandler {
  return async (req, res) => {
    const slug = String(req.params.slug);
    const link = slugPattern.test(slug) ? await findLink(context, slug) : null;
    if (!link) {
      context.metrics.redirects.inc({ result: 'unknown' });
      sendPage(res, notHere);
      return;
    }
    if (link.archivedAt) {
      context.metrics.redirects.inc({ result: 'archived' });
      sendPage(res, retired);
      return;
    }
    const visit = { isHead: req.method === 'HEAD', headers: req.headers, query: req.query, address: req.ip };
    const { click, location } = clickOf(sources, link, visit);
    await keep(context, click);
    context.metrics.redirects.inc({ result: 'found' });
    res.writeHead(302, redirectHeaders(location, requestIdOf(res))).end();
  };
}

/** Fails only when neither the store nor the disk takes the click. */
async function keep(context: Context, click: Parameters<typeof acceptClick>[1]): Promise<void> {
  try {
    await acceptClick(context, click);
  } catch (error) {
    throw new CodedError('store_unavailable', 'The click can be kept neither in the store nor on disk.', {
      retryAfterMs: 5_000,
      cause: error,
    });
  }
}

const notHere = {
  status: 404,
  title: 'There is no such link',
  lines: ['Check the address for a missing or extra character, or ask whoever sent it to you.'],
};

const retired = {
  status: 410,
  title: 'This link has been retired',
  lines: ['It led somewhere once and was archived by its owner. Ask whoever sent it to you for a new one.'],
};
