// The common visit: a known link, asked for in the usual way. It is answered in front of Express, because a router, a body
// parser and their kind cost more than the redirect. Everything else (no such link, a strange address, too many visits, a
// click that cannot be kept) goes on to the route in get-link.ts, which knows all answers.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import { acceptClick } from '../../flows/accept-click.ts';
import type { Context } from '../../flows/context.ts';
import { addressOf } from '../address-of.ts';
import { clickOf, type Sources } from './click-of.ts';
import { redirectHeaders } from './send-on.ts';
import type { VisitLimit } from './visit-limit.ts';

type Lane = (req: IncomingMessage, res: ServerResponse, next: () => void) => void;

interface Answer {
  req: IncomingMessage;
  res: ServerResponse;
  location: string;
  startedAt: number;
}

const target = /^\/r\/([A-Za-z0-9_-]{1,64})(?:\?([^#]*))?$/;

export function makeFastLane(context: Context, { sources, limit }: { sources: Sources; limit: VisitLimit }): Lane {
  const { caches, config, metrics } = context;
  const found = metrics.redirects.labels({ result: 'found' });
  const lane = (method: 'GET' | 'HEAD') => {
    const labels = { route: `${method} /r/:slug` };
    return {
      answered: metrics.httpRequests.labels({ ...labels, status: '302' }),
      seconds: metrics.httpRequestSeconds.labels(labels),
    };
  };
  const lanes = { GET: lane('GET'), HEAD: lane('HEAD') };

  /** The kept click and its way, or null when the route has to answer. */
  function take(req: IncomingMessage): Promise<string> | null {
    const slug = req.method === 'GET' || req.method === 'HEAD' ? target.exec(req.url ?? '') : null;
    const remembered = slug ? caches.links.get(slug[1] ?? '') : undefined;
    const link = remembered?.fresh ? remembered.value : null;
    if (!link || link.archivedAt) return null;
    const address = addressOf(req, config.trustProxy);
    if (!limit.take(address ?? '')) return null;
    const visit = { isHead: req.method === 'HEAD', headers: req.headers, query: parse(slug?.[2] ?? ''), address };
    const { click, location } = clickOf(sources, link, visit);
    return acceptClick(context, click).then(() => location);
  }

  function sendOn({ req, res, location, startedAt }: Answer): void {
    res.writeHead(302, redirectHeaders(location, context.newId('request'))).end();
    const { answered, seconds } = lanes[req.method === 'HEAD' ? 'HEAD' : 'GET'];
    found.inc();
    answered.inc();
    seconds.observe((performance.now() - startedAt) / 1_000);
  }

  async function visit(req: IncomingMessage, res: ServerResponse, next: () => void): Promise<void> {
    const startedAt = performance.now();
    let location: string | null;
    try {
      location = await take(req);
    } catch {
      // The route meets the same failure and knows what to answer.
      location = null;
    }
    if (location === null) next();
    else sendOn({ req, res, location, startedAt });
  }

  return (req, res, next) => {
    if (req.url?.startsWith('/r/')) void visit(req, res, next);
    else next();
  };
}
