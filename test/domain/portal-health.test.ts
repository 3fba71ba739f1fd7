// Every state of a portal: which of several findings is shown, since when, and that people are told what to do.
import { describe, expect, it } from 'vitest';
import { healthOf, portalCauses, type PortalFacts } from '../../server/domain/portal-health.ts';

const day = (number: number) => new Date(Date.UTC(2026, 10, number));
const now = day(20).getTime();
const connected: PortalFacts = { state: 'connected', stateReason: null, stateSince: day(1) };
const active = { state: 'active' } as const;

describe('the health of a portal', () => {
  const limited = { reason: 'scopes_shrunk', since: day(5) };
  const lock = { since: day(19), until: day(21) };
  it.each([
    ['connected', { portal: connected, connection: active }, day(1), null],
    ['refreshing', { portal: { ...connected, refreshLock: lock }, connection: active }, day(19), null],
    ['connected', { portal: { ...connected, refreshLock: { until: day(19) } }, connection: active }, day(1), null],
    [
      'connected',
      {
        portal: { ...connected, budget: { at: new Date(now - 1), pausedForMs: 900_000, day: { max: 9, left: 0 } } },
        connection: active,
      },
      new Date(now - 1),
      'daily_calls_used_up',
    ],
    [
      'connected',
      {
        portal: { ...connected, budget: { at: day(19), pausedForMs: 900_000, day: { max: 9, left: 0 } } },
        connection: active,
      },
      day(1),
      null,
    ],
    [
      'paused',
      { portal: { ...connected, refreshLock: lock }, connection: { state: 'paused' as const, stateSince: day(7) } },
      day(7),
      'connection_paused',
    ],
    [
      'insufficient_permissions',
      { portal: { ...connected, limited }, connection: { state: 'paused' as const } },
      day(5),
      'scopes_shrunk',
    ],
    [
      'needs_sign_in',
      {
        portal: { ...connected, limited, state: 'needs_sign_in' as const, stateReason: 'hubspot_token_revoked' },
        connection: active,
      },
      day(1),
      'hubspot_token_revoked',
    ],
    [
      'uninstalled',
      { portal: { ...connected, state: 'uninstalled' as const, stateReason: 'disconnected' }, connection: active },
      day(1),
      'disconnected',
    ],
  ])('%s', (state, question, since, code) => {
    const health = healthOf({ ...question, now });
    expect(health).toMatchObject({ state, since });
    expect(health.reason?.code ?? null).toBe(code);
  });

  it('says in words what is and what to do, for every cause', () => {
    for (const cause of Object.keys(portalCauses)) {
      const { words, nextStep } = healthOf({
        portal: { ...connected, state: 'needs_sign_in', stateReason: cause },
        connection: active,
        now,
      });
      expect(words).toMatch(/\.$/);
      expect(nextStep).toMatch(/\.$/);
    }
  });

  it('a code of a later version is shown as it is', () => {
    const { reason } = healthOf({
      portal: { ...connected, state: 'needs_sign_in', stateReason: 'moon_phase' },
      connection: active,
      now,
    });
    expect(reason).toMatchObject({ code: 'moon_phase', next: 'See docs/failures.md.' });
  });
});
