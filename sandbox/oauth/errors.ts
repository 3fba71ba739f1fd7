/** Errors of the token endpoints: the RFC names and HubSpot's own `status`, side by side since early 2026. */
import { ApiError } from '../http/api-error.ts';

const known = {
  BAD_REFRESH_TOKEN: ['invalid_grant', 'refresh token is invalid, expired or revoked'],
  BAD_AUTH_CODE: ['invalid_grant', 'missing or unknown auth code'],
  EXPIRED_AUTH_CODE: ['invalid_grant', 'auth code is expired'],
  MISMATCH_REDIRECT_URI_AUTH_CODE: ['invalid_grant', 'redirect URI mismatch on auth code exchange'],
  BAD_CLIENT_ID: ['invalid_client', 'missing or unknown client id'],
  BAD_CLIENT_SECRET: ['invalid_client', 'missing or invalid client secret'],
  BAD_GRANT_TYPE: ['unsupported_grant_type', 'missing or unknown grant_type'],
  BAD_SCOPE: ['invalid_scope', 'missing or unknown scope'],
} as const;

export type OAuthErrorStatus = keyof typeof known;

export function oauthError(status: OAuthErrorStatus): ApiError {
  const [error, description] = known[status];
  return new ApiError(400, { error, error_description: description, status, message: description });
}
