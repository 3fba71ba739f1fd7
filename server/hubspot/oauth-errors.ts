// Why a token endpoint refused: a grant that is dead for good, a wrong setting of ours, or a passing fault.
import { CodedError } from '../errors.ts';
import { errorOfAnswer } from './answer-errors.ts';
import { parseErrorBody } from './error-body.ts';

/** What a definitive refusal means: of a code, start again; of a refresh token, reconnect. */
export type Refusal = 'oauth_state_invalid' | 'hubspot_token_revoked';

const refusals: Record<Refusal, string> = {
  oauth_state_invalid: 'HubSpot no longer accepts this sign-in code. Start the installation again.',
  hubspot_token_revoked:
    "HubSpot has revoked the app's access: it was uninstalled or its token withdrawn. Reconnect the account.",
};

/** Definitive refusals are told apart from wrong settings of ours and from passing faults. */
export function oauthError(answer: {
  status: number;
  headers: { get(name: string): string | null };
  body: unknown;
  route: string;
  refused: Refusal;
}): CodedError {
  const body = parseErrorBody(answer.body);
  const details = {
    status: answer.status,
    correlationId: body.correlationId ?? null,
    route: answer.route,
    oauthError: body.oauthError ?? null,
    oauthStatus: body.oauthStatus ?? null,
  };
  const status = body.oauthStatus ?? '';
  const setting = settingAtFault(status, body.oauthError);
  if (setting !== undefined)
    return new CodedError('internal', `HubSpot does not accept ${setting}. Correct it and start again.`, { details });
  if (
    body.oauthError === 'invalid_grant' ||
    ['BAD_REFRESH_TOKEN', 'BAD_AUTH_CODE', 'EXPIRED_AUTH_CODE'].includes(status)
  ) {
    return new CodedError(answer.refused, refusals[answer.refused], { details });
  }
  return errorOfAnswer({ ...answer, effect: 'read' });
}

function settingAtFault(status: string, error: string | undefined): string | undefined {
  if (status === 'BAD_CLIENT_ID') return 'the client id: check HUBSPOT_CLIENT_ID';
  if (status === 'BAD_CLIENT_SECRET') return 'the client secret: check HUBSPOT_CLIENT_SECRET';
  if (status.startsWith('MISMATCH_REDIRECT_URI'))
    return "the redirect address: check PUBLIC_URL against the app's redirect URLs";
  if (error === 'invalid_client') return 'the client: check HUBSPOT_CLIENT_ID and HUBSPOT_CLIENT_SECRET';
  return undefined;
}
