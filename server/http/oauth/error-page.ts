// What went wrong with an installation, as a page with the next step. People read this one, not programs.
import type { ErrorRequestHandler, Response } from 'express';
import { z } from 'zod';
import type { CodedError, ErrorCode } from '../../errors.ts';
import { codedErrorOf } from '../../flows/coded-error.ts';
import type { Context } from '../../flows/context.ts';
import { requestIdOf } from '../middleware/request-id.ts';
import { sendPage } from '../page.ts';

const titles: Partial<Record<ErrorCode, string>> = {
  oauth_state_invalid: 'This installation cannot be continued',
  oauth_denied: 'HubSpot was not connected',
  oauth_scope_missing: 'HubSpot was not connected: rights are missing',
  forbidden: 'You are not signed in',
  not_found: 'There is no such page',
  rate_limited: 'Too many requests',
  store_unavailable: 'We cannot continue just now',
};

const nextSteps: Partial<Record<ErrorCode, string>> = {
  oauth_state_invalid:
    'Open your installation link again, or start from the HubSpot marketplace. Links are valid for an hour.',
  oauth_denied:
    'To connect, start again and grant access. You need the rights of a super admin in the HubSpot account.',
  oauth_scope_missing: 'Start again as a super admin and accept all of the rights.',
  forbidden: 'Members are invited in the console, under Settings.',
  not_found: 'The state of every connection is shown by the API: GET /v1/connections.',
};

export function oauthErrors({ log }: Pick<Context, 'log'>): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const coded = codedErrorOf(error);
    const requestId = requestIdOf(res);
    if (coded.facts.status >= 500) log.error({ requestId, err: error }, coded.message);
    else log.info({ requestId, code: coded.code }, 'installation refused');
    sendErrorPage(res, coded, requestId);
  };
}

function sendErrorPage(res: Response, error: CodedError, requestId: string): void {
  const ours = error.code === 'internal';
  sendPage(res, {
    status: error.facts.status,
    title: titles[error.code] ?? 'HubSpot could not be connected',
    lines: [
      ours ? 'Something is wrong on our side. The log has the details.' : error.message,
      nextSteps[error.code] ?? 'Try again in a minute.',
    ],
    facts: [...missingRights(error), ['Code', error.code], ['Request', requestId]],
  });
}

const missingSchema = z.array(z.object({ scope: z.string(), without: z.string() }));

/** Each missing scope with what does not work without it. */
function missingRights({ code, details }: CodedError): [string, string][] {
  if (code !== 'oauth_scope_missing') return [];
  return missingSchema.parse(details.scopes).map(({ scope, without }) => [scope, without]);
}
