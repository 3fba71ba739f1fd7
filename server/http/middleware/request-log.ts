// One log line per request that people make (managing, installing). Clicks and redirects are counted, not logged: see measure.ts.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';
import type { Context } from '../../flows/context.ts';

/** Addresses are logged without their query, which carries codes and states. */
export function requestLog({ log }: Pick<Context, 'log'>): RequestHandler {
  return pinoHttp({
    logger: log,
    genReqId: (_req, res) => String(res.getHeader('x-request-id') ?? ''),
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'error' : 'info'),
    serializers: {
      req: (req: { id: unknown; method: string; url: string }) => ({
        id: req.id,
        method: req.method,
        path: withoutSecrets(req.url),
      }),
      res: (res: { statusCode: number }) => ({ status: res.statusCode }),
    },
    customSuccessMessage: (req: IncomingMessage, res: ServerResponse) => `${req.method ?? ''} ${res.statusCode}`,
  });
}

/** Addresses of installations and sign-in links carry their token in the path. */
function withoutSecrets(url: string): string {
  return url.replace(/\?.*$/, '').replace(/^(\/oauth\/(?:install|installed)|\/console\/sign-in\/link)\/.+$/, '$1/…');
}
