// The judge of counters and UTM values: they must say what the timelines say.
import { describe, expect, it } from 'vitest';
import { judgeProperties, type SeenRecord } from '../../bench/verify/properties.ts';
import type { SeenEvent } from '../../bench/verify/timelines.ts';

const event = (clickId: string, timestamp: number, objectTypeId = '0-1'): SeenEvent => ({
  objectTypeId,
  objectId: '501',
  timestamp,
  extraData: { clickId, utm: { source: `from-${clickId}`, campaign: 'q2', medium: 'email' } },
});
const record = (clicks: string | null, source: string | null): SeenRecord => ({
  id: '501',
  values: {
    elido_recent_link_clicks: clicks,
    elido_last_utm_source: source,
    elido_last_utm_campaign: source && 'q2',
    elido_last_utm_medium: source && 'email',
  },
});
const judgeContact = (contact: SeenRecord, events: SeenEvent[]) =>
  judgeProperties({ contacts: [contact], deals: [] }, events);

describe('the judge of properties', () => {
  it('accepts the number of clicks and the values of the newest one, in whatever order they arrived', () => {
    expect(judgeContact(record('2', 'from-b'), [event('b', 20), event('a', 10)])).toEqual([]);
  });

  it('accepts a contact without clicks and without values', () => {
    expect(judgeContact(record(null, null), [])).toEqual([]);
  });

  it('counts a click once that stands twice on the timeline', () => {
    expect(judgeContact(record('2', 'from-a'), [event('a', 10), event('a', 10)])).toEqual([
      'contact 501: the counter says 2, the timeline shows 1 clicks',
    ]);
  });

  it('breaks ties of time by the id of the click', () => {
    expect(judgeContact(record('2', 'from-b'), [event('b', 10), event('a', 10)])).toEqual([]);
  });

  it('reports the values of an older click', () => {
    expect(judgeContact(record('2', 'from-a'), [event('a', 10), event('b', 20)])).toEqual([
      'contact 501: elido_last_utm_source is "from-a", the newest click has "from-b"',
    ]);
  });

  it('reports a wrong counter of a deal, and asks deals for no UTM values', () => {
    const deal = record('3', null);
    expect(judgeProperties({ contacts: [], deals: [deal] }, [event('a', 10, '0-3')])).toEqual([
      'deal 501: the counter says 3, the timeline shows 1 clicks',
    ]);
  });
});
