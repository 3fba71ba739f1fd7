// A delivery: its ids are always the same, its first state says what will happen, and its moves are consistent.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allowedMoves,
  deliveryId,
  deliveryStates,
  makeDelivery,
  openStates,
  statesBefore,
  timelineEventId,
} from '../../server/domain/delivery.ts';
import { factsOf, touchOf } from '../../server/domain/event.ts';
import { clickEvent, conversionEvent, noon } from './samples.ts';

const connection = { _id: 'con_1', portalId: 62_515 };

describe('moves', () => {
  it('delivered is final: no move leads out of it', () => {
    expect(allowedMoves.delivered).toEqual([]);
    for (const to of deliveryStates) expect(statesBefore(to)).not.toContain('delivered');
  });

  it('the states before a state are exactly those that may move to it', () => {
    for (const to of deliveryStates) {
      const before = statesBefore(to);
      for (const from of deliveryStates) expect(before.includes(from)).toBe(allowedMoves[from].includes(to));
    }
  });

  it('what is closed comes back only as queued', () => {
    expect([allowedMoves.skipped, allowedMoves.dead]).toEqual([['queued'], ['queued']]);
  });

  it('every open state can end, and can be looked at again without ending', () => {
    for (const state of openStates) {
      expect(allowedMoves[state]).toEqual(expect.arrayContaining(['delivered', 'skipped', 'dead', state]));
    }
  });
});

describe('ids', () => {
  const anyText = fc.string({ minLength: 1, unit: 'grapheme' });

  it('are the same however often they are made, and differ by delivery and by target', () => {
    fc.assert(
      fc.property(fc.tuple(anyText, anyText), fc.tuple(anyText, anyText), (one, other) => {
        expect(timelineEventId(...one)).toBe(timelineEventId(...one));
        const alike = one[0] === other[0] && one[1] === other[1];
        expect(timelineEventId(...one) === timelineEventId(...other)).toBe(alike);
      }),
    );
  });

  it('of timeline events never change from one version to the next', () => {
    expect(timelineEventId('clk_1@con_1', 'contact')).toBe('c615e143ea157c9ce56a553f73c37e8f1916abc3');
    expect(deliveryId('clk_1', 'con_1')).toBe('clk_1@con_1');
  });

  it('fit into what HubSpot takes and hold no separators', () => {
    fc.assert(
      fc.property(anyText, anyText, (delivery, target) => {
        expect(timelineEventId(delivery, target)).toMatch(/^[0-9a-f]{40}$/);
      }),
    );
  });
});

describe('a new delivery', () => {
  it('of a click rests until its neighbours have come', () => {
    const delivery = makeDelivery({ event: clickEvent(), connection, audience: 1, holdMs: 5_000 });
    expect(delivery).toMatchObject({
      _id: 'clk_1@con_1',
      state: 'held',
      reason: 'human_check',
      dueAt: new Date(noon + 5_000),
      portalId: 62_515,
      counted: false,
    });
  });

  it('of a click is due at once when nothing is held', () => {
    const delivery = makeDelivery({ event: clickEvent(), connection, audience: 1, holdMs: 0 });
    expect(delivery).toMatchObject({ state: 'queued', reason: null, dueAt: new Date(noon) });
  });

  it('of a conversion is due at once', () => {
    const delivery = makeDelivery({ event: conversionEvent(), connection, audience: 1, holdMs: 5_000 });
    expect(delivery).toMatchObject({ _id: 'cnv_1@con_1', state: 'queued', dueAt: new Date(noon), who: null });
  });

  it('without a connection is kept, says so, and will never be sent by itself', () => {
    const delivery = makeDelivery({ event: clickEvent(), connection: null, audience: 0, holdMs: 5_000 });
    expect(delivery).toMatchObject({
      _id: 'clk_1@ws_1',
      state: 'skipped',
      reason: 'not_connected',
      dueAt: null,
      portalId: null,
    });
  });

  it('is due from when we got it, not from when it happened', () => {
    const event = clickEvent({ at: noon - 3600_000, receivedAt: noon });
    const delivery = makeDelivery({ event, connection, audience: 1, holdMs: 0 });
    expect([delivery.occurredAt, delivery.dueAt]).toEqual([new Date(noon - 3600_000), new Date(noon)]);
  });
});

describe('an event', () => {
  it('says the same facts of a click and of a conversion', () => {
    const shared = { workspaceId: 'ws_1', at: noon, receivedAt: noon };
    expect(factsOf(clickEvent())).toEqual({ ...shared, eventId: 'clk_1', digest: 'd1' });
    expect(factsOf(conversionEvent())).toEqual({ ...shared, eventId: 'cnv_1', digest: 'd2' });
  });

  it('a conversion is a touch by the click it belongs to, or by itself', () => {
    const utm = { source: 'mail' };
    const link = { slug: 'q2', title: 'Q2', shortUrl: 's.example.com/r/q2' };
    expect(touchOf(conversionEvent({ utm }))).toEqual({ clickId: 'cnv_1', at: noon, slug: '', utm });
    expect(touchOf(conversionEvent({ utm, clickId: 'clk_9', link }))).toMatchObject({ clickId: 'clk_9', slug: 'q2' });
  });
});
