// The edge where errors become replies: every refusal in one shape, and what nobody expected in the log with its cause.
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { ErrorReply } from '../../contract/error.ts';
import { CodedError } from '../../errors.ts';
import { codedErrorOf } from '../../flows/coded-error.ts';
import type { Context } from '../../flows/context.ts';
import { requestErrorOf } from './body-errors.ts';
import { requestIdOf } from './request-id.ts';

export const noSuchRoute: RequestHandler = (req) => {
  throw new CodedError('not_found', `There is no ${req.method} on this address. See /openapi.json.`);
};

export function errorHandler({ log }: Pick<Context, 'log'>): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const coded = requestErrorOf(error) ?? codedErrorOf(error);
    if (coded.facts.status >= 500) {
      log.error({ requestId: requestIdOf(res), method: req.method, path: req.path, err: error }, coded.message);
    }
    sendError(res, coded);
  };
}

function sendError(res: Response, error: CodedError): void {
  if (error.retryAfterMs !== undefined) res.setHeader('Retry-After', String(Math.ceil(error.retryAfterMs / 1_000)));
  if (error.code === 'unauthorized') res.setHeader('WWW-Authenticate', 'Bearer');
  res.setHeader('Cache-Control', 'no-store');
  res.status(error.facts.status).json(errorReply(error, requestIdOf(res)));
}

function errorReply({ code, message, field, details }: CodedError, requestId: string): ErrorReply {
  return {
    error: {
      code,
      message,
      ...(field === undefined ? {} : { field }),
      ...(Object.keys(details).length === 0 ? {} : { details }),
      docs: `docs/failures.md#${code}`,
      request_id: requestId,
    },
  };
}
