// OAuth against the sandbox: what a grant becomes, and who has to act when it fails.
import { expect, describe, test } from 'vitest';
import {
  authorizeUrl,
  exchangeCode,
  introspectToken,
  refreshTokens,
  revokeToken,
  uninstallApp,
} from '../../server/hubspot/oauth.ts';
import { readAccount } from '../../server/hubspot/account.ts';
import {
  allScopes,
  clientId,
  clientSecret,
  portalId,
  redirectUri,
  startSandboxPortal,
  type SandboxPortal,
} from './sandbox-portal.ts';

const credentials = { clientId, clientSecret };

test('the authorize address names scopes, state and account as HubSpot reads them', () => {
  const options = {
    appUrl: 'https://app.hubspot.com/',
    clientId: 'abc',
    redirectUri: 'https://ex.example/cb?x=1',
    state: 's/1',
  };
  const url = authorizeUrl({ ...options, scopes: ['oauth', 'timeline'], optionalScopes: ['tickets'], accountId: 42 });
  expect(url).toBe(
    'https://app.hubspot.com/oauth/42/authorize?client_id=abc&redirect_uri=https%3A%2F%2Fex.example%2Fcb%3Fx%3D1&scope=oauth%20timeline&optional_scope=tickets&state=s%2F1',
  );
  expect(authorizeUrl({ ...options, scopes: ['oauth'] })).not.toContain('optional_scope');
});

/** Plays the person at the consent page. */
async function consent({ sandbox }: SandboxPortal): Promise<string> {
  const url = new URL(
    authorizeUrl({ appUrl: sandbox.url, clientId, redirectUri, scopes: allScopes, state: 'state-1' }),
  );
  const form = new URLSearchParams(url.searchParams);
  form.set('account', String(portalId));
  form.set('decision', 'grant');
  const answer = await fetch(`${sandbox.url}/oauth/authorize/decision`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  const location = new URL(answer.headers.get('location') ?? '');
  expect(location.searchParams.get('state')).toBe('state-1');
  return location.searchParams.get('code') ?? '';
}

describe('a code', () => {
  test('becomes tokens, the portal, the user and the granted scopes', async () => {
    const box = await startSandboxPortal();
    const tokens = await exchangeCode(box.hubspot, { ...credentials, redirectUri, code: await consent(box) });
    expect(tokens).toMatchObject({ expiresInSeconds: 1_800, hubId: portalId });
    expect(tokens.scopes?.toSorted()).toEqual(allScopes.toSorted());
    expect(
      await introspectToken(box.hubspot, { ...credentials, token: tokens.accessToken, kind: 'access_token' }),
    ).toMatchObject({
      hubId: portalId,
    });
  });

  test('used twice, unknown or too old: start again', async () => {
    const box = await startSandboxPortal();
    const code = await consent(box);
    await exchangeCode(box.hubspot, { ...credentials, redirectUri, code });
    const again = { code: 'oauth_state_invalid', message: expect.stringContaining('again') };
    await expect(exchangeCode(box.hubspot, { ...credentials, redirectUri, code })).rejects.toMatchObject(again);
    await expect(exchangeCode(box.hubspot, { ...credentials, redirectUri, code: 'nonsense' })).rejects.toMatchObject(
      again,
    );
    const late = await consent(box);
    box.sandbox.control.setClock({ advanceMs: 3_600_000 });
    await expect(exchangeCode(box.hubspot, { ...credentials, redirectUri, code: late })).rejects.toMatchObject(again);
  });
});

describe('a wrong setting of ours names the variable to correct', () => {
  test.each([
    ['HUBSPOT_CLIENT_ID', { clientId: 'nobody' }],
    ['HUBSPOT_CLIENT_SECRET', { clientSecret: 'wrong' }],
    ['PUBLIC_URL', { redirectUri: 'http://localhost:1/else' }],
  ])('%s', async (variable, change) => {
    const box = await startSandboxPortal();
    const attempt = exchangeCode(box.hubspot, { ...credentials, redirectUri, code: await consent(box), ...change });
    await expect(attempt).rejects.toMatchObject({ code: 'internal', message: expect.stringContaining(variable) });
  });
});

describe('a refresh', () => {
  const refresh = ({ hubspot, grant }: SandboxPortal) =>
    refreshTokens(hubspot, { ...credentials, refreshToken: grant.refreshToken });

  test.each(['keep', 'rotate'] as const)(
    'works whether HubSpot keeps the refresh token or sends a new one (%s)',
    async (refreshTokensMode) => {
      const box = await startSandboxPortal();
      box.sandbox.control.setSwitches({ refreshTokens: refreshTokensMode });
      const first = await refresh(box);
      expect(first.refreshToken === box.grant.refreshToken).toBe(refreshTokensMode === 'keep');
      const second = await refreshTokens(box.hubspot, { ...credentials, refreshToken: first.refreshToken });
      expect(second.accessToken).not.toBe(first.accessToken);
    },
  );

  test('after an uninstall or a revoke is a revoked token, for an admin to mend', async () => {
    const uninstalled = await startSandboxPortal();
    await uninstallApp(uninstalled.portal);
    await expect(refresh(uninstalled)).rejects.toMatchObject({ code: 'hubspot_token_revoked' });
    await expect(readAccount(uninstalled.portal)).rejects.toMatchObject({ code: 'hubspot_token_rejected' });

    const revoked = await startSandboxPortal();
    const token = { ...credentials, token: revoked.grant.refreshToken, kind: 'refresh_token' } as const;
    await revokeToken(revoked.hubspot, token);
    await revokeToken(revoked.hubspot, token);
    await expect(refresh(revoked)).rejects.toMatchObject({ code: 'hubspot_token_revoked' });
    expect(await introspectToken(revoked.hubspot, token)).toBeNull();
  });

  test.each([
    [{ kind: 'status', status: 500 }, 'hubspot_unavailable'],
    [{ kind: 'status', status: 429, retryAfterSeconds: 3 }, 'hubspot_rate_limited'],
    [{ kind: 'close', when: 'before' }, 'hubspot_outcome_unknown'],
  ] as const)('that meets %j is a passing fault, not a dead token', async (action, code) => {
    const box = await startSandboxPortal();
    box.sandbox.control.addFault({ path: '/oauth/**', count: 1, action });
    await expect(refresh(box)).rejects.toMatchObject({ code });
    expect((await refresh(box)).expiresInSeconds).toBe(1_800);
  });

  test('spends nothing of the portal’s budget', async () => {
    const box = await startSandboxPortal();
    await refresh(box);
    expect(box.governor.spent).toBe(0);
    expect(box.calls).toMatchObject([{ portalId: null, route: 'POST /oauth/{v}/token', status: 200 }]);
  });
});

test('an access token that has expired is said to be rejected, with HubSpot’s category', async () => {
  const { portal, sandbox } = await startSandboxPortal();
  sandbox.control.setClock({ advanceMs: 1_801_000 });
  await expect(readAccount(portal)).rejects.toMatchObject({
    code: 'hubspot_token_rejected',
    details: { category: 'EXPIRED_AUTHENTICATION' },
  });
});
