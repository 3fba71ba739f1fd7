// One suite for every dialect: whoever writes timelines keeps these promises, over HTTP against the sandbox.
import { describe, expect, test } from 'vitest';
import { isCoded } from '../../../server/errors.ts';
import type { EventOutcome, TimelineDialect, TimelineEvent } from '../../../server/hubspot/timeline/dialect.ts';
import type { PortalApi } from '../../../server/hubspot/portal.ts';
import { numbered, portalId, startSandboxPortal, type SandboxPortal } from '../../hubspot/sandbox-portal.ts';
import { dialectCases } from './dialect-cases.ts';

const moment = Date.parse('2026-11-20T12:00:00.000Z');

function clickEvent(number: number, change: Partial<TimelineEvent> = {}): TimelineEvent {
  const title = `Page ${number}`;
  const type = change.objectType === 'deal' ? 'deal_click' : 'contact_click';
  return {
    key: `delivery-${number} ${type}`,
    id: `event-${number}-${type}`,
    type,
    objectType: 'contact',
    objectId: '1',
    at: moment + number * 60_000,
    title: `Clicked: ${title} (https://go.example.com/p${number})`,
    extraData: { clickId: `click-${number}` },
    ...change,
    properties: {
      linkTitle: title,
      shortUrl: `https://go.example.com/p${number}`,
      destination: 'https://www.example.com/',
      campaign: 'autumn',
      country: 'FR',
      device: '',
      ...change.properties,
    },
  };
}

const dealEvent = (number: number, objectId = '1001'): TimelineEvent =>
  clickEvent(number, { objectType: 'deal', objectId, properties: { contactName: 'Sam Sample', contactId: '1' } });

/** Plays the flow: groups that must be told apart are halved and sent again. */
async function writeAll(dialect: TimelineDialect, portal: PortalApi, events: TimelineEvent[]) {
  const outcomes = new Map<string, EventOutcome>();
  const groups = [events];
  for (let group = groups.shift(); group; group = groups.shift()) {
    const result = await dialect.writeGroup(portal, group, { resend: false });
    if (result.kind === 'split') {
      const middle = Math.ceil(group.length / 2);
      groups.push(group.slice(0, middle), group.slice(middle));
    } else for (const [key, outcome] of result.outcomes) outcomes.set(key, outcome);
  }
  return outcomes;
}

const statuses = (outcomes: Map<string, EventOutcome>): string[] => [...outcomes.values()].map(({ status }) => status);

async function rowsOf(written: ReturnType<TimelineDialect['writeGroup']>): Promise<Map<string, EventOutcome>> {
  const result = await written;
  if (result.kind === 'split') throw new Error('a split was not expected here');
  return result.outcomes;
}

describe.each(dialectCases)('$name', ({ make, shown, spoil, writePath, keepsAsText }) => {
  async function start(options: { contacts?: number; deals?: number } = {}) {
    const box = await startSandboxPortal({ contacts: 2, deals: 2, timeoutMs: 400, ...options });
    return { box, dialect: await make(box) };
  }

  const texts = (box: SandboxPortal) => [...shown(box, 'contact'), ...shown(box, 'deal')].map(({ text }) => text);

  test('writes on contacts and deals, each event on its own record, at its own time', async () => {
    const { box, dialect } = await start();
    const events = [clickEvent(1), clickEvent(2, { objectId: '2' }), dealEvent(1), dealEvent(2, '1002')];
    const outcomes = await rowsOf(dialect.writeGroup(box.portal, events, { resend: false }));

    expect([...outcomes.keys()]).toEqual(events.map(({ key }) => key));
    expect(statuses(outcomes)).toEqual(['written', 'written', 'written', 'written']);
    for (const objectType of ['contact', 'deal'] as const) {
      const expected = events.filter((event) => event.objectType === objectType);
      const placed = shown(box, objectType).map(({ objectId, at }) => ({ objectId, at }));
      expect(placed).toEqual(expected.map(({ objectId, at }) => ({ objectId, at })));
    }
  });

  test('shows the title, link, destination, campaign and country, and for a deal who clicked', async () => {
    const { box, dialect } = await start();
    await dialect.writeGroup(box.portal, [clickEvent(7), dealEvent(8)], { resend: false });
    const [contact, deal] = texts(box);
    for (const part of ['Page 7', 'https://go.example.com/p7', 'https://www.example.com/', 'autumn', 'FR']) {
      expect(contact).toContain(part);
    }
    expect(deal).toContain('Sam Sample');
  });

  test('one group costs one call', async () => {
    const { box, dialect } = await start({ contacts: 100 });
    box.calls.length = 0;
    const events = numbered(dialect.groupSize).map((number) => clickEvent(number, { objectId: String(number) }));
    await dialect.writeGroup(box.portal, events, { resend: false });
    expect(box.calls.map(({ status }) => status)).toEqual([201]);
    expect(texts(box)).toHaveLength(100);
  });

  test.each([
    ['the connection closes after the work', { kind: 'close', when: 'after' }],
    ['the answer is cut short', { kind: 'malformed' }],
    ['the answer comes too late', { kind: 'delay', ms: 1_500, when: 'after' }],
    ['the gateway gives up after the work', { kind: 'status', status: 504, when: 'after' }],
  ] as const)('when %s, the outcome is unknown and a resend writes nothing twice', async (_case, action) => {
    const { box, dialect } = await start();
    const events = [...numbered(5).map((number) => clickEvent(number)), dealEvent(1)];
    box.sandbox.control.addFault({ method: 'POST', path: writePath, count: 1, action });

    const lost = await dialect.writeGroup(box.portal, events, { resend: false }).catch((error: unknown) => error);
    expect(isCoded(lost, 'hubspot_outcome_unknown')).toBe(true);
    const outcomes = await rowsOf(dialect.writeGroup(box.portal, events, { resend: true }));

    expect(statuses(outcomes)).toEqual(events.map(() => 'already_there'));
    expect(texts(box)).toHaveLength(events.length);
  });

  test('when the connection closes before the work, a resend writes every event once', async () => {
    const { box, dialect } = await start();
    const events = [...numbered(5).map((number) => clickEvent(number)), dealEvent(1)];
    box.sandbox.control.addFault({
      method: 'POST',
      path: writePath,
      count: 1,
      action: { kind: 'close', when: 'before' },
    });

    await expect(dialect.writeGroup(box.portal, events, { resend: false })).rejects.toMatchObject({
      code: 'hubspot_outcome_unknown',
    });
    const outcomes = await rowsOf(dialect.writeGroup(box.portal, events, { resend: true }));

    expect(statuses(outcomes)).toEqual(events.map(() => 'written'));
    expect(texts(box)).toHaveLength(events.length);
  });

  test('a resend of what is fully there writes nothing, however often', async () => {
    const { box, dialect } = await start();
    const events = [clickEvent(1), clickEvent(2), dealEvent(3)];
    await dialect.writeGroup(box.portal, events, { resend: false });
    for (const _again of numbered(3)) {
      const outcomes = await rowsOf(dialect.writeGroup(box.portal, events, { resend: true }));
      expect(statuses(outcomes)).toEqual(['already_there', 'already_there', 'already_there']);
    }
    expect(texts(box)).toHaveLength(3);
  });

  test('one spoiled event in a group of 20 does not hold up the other 19', async () => {
    const { box, dialect } = await start();
    const events = numbered(20).map((number) => clickEvent(number));
    events[12] = spoil(clickEvent(13));
    const outcomes = await writeAll(dialect, box.portal, events);

    expect(outcomes.size).toBe(20);
    expect([...outcomes].filter(([, { status }]) => status === 'failed').map(([key]) => key)).toEqual([events[12].key]);
    const failed = outcomes.get(events[12].key);
    expect(failed).toMatchObject({ error: { code: 'hubspot_validation' } });
    expect(texts(box)).toHaveLength(19);
  });

  test('a record that is not there fails its own row only', async () => {
    const { box, dialect } = await start();
    const events = [clickEvent(1), clickEvent(2, { objectId: '404404' }), clickEvent(3), dealEvent(4, '505505')];
    const outcomes = await writeAll(dialect, box.portal, events);

    expect(events.map(({ key }) => outcomes.get(key)?.status)).toEqual(['written', 'failed', 'written', 'failed']);
    expect(texts(box)).toHaveLength(2);
  });

  test.each([
    ['TEN_SECONDLY_ROLLING', undefined, 10_000],
    ['TEN_SECONDLY_ROLLING', 3, 3_000],
    ['DAILY', undefined, 3_600_000],
  ] as const)(
    'a %s limit (Retry-After %s) is thrown with the wait, and nothing is written',
    async (policy, after, ms) => {
      const { box, dialect } = await start();
      const retryAfter = after === undefined ? {} : { retryAfterSeconds: after };
      box.sandbox.control.addFault({
        path: writePath,
        count: 1,
        action: { kind: 'rate-limit', policy, ...retryAfter },
      });

      await expect(dialect.writeGroup(box.portal, [clickEvent(1)], { resend: false })).rejects.toMatchObject({
        code: 'hubspot_rate_limited',
        retryAfterMs: ms,
        details: { policy },
      });
      expect(texts(box)).toEqual([]);
    },
  );

  test.each([
    [500, 'hubspot_unavailable'],
    [503, 'hubspot_unavailable'],
    [502, 'hubspot_outcome_unknown'],
    [401, 'hubspot_token_rejected'],
    [403, 'hubspot_insufficient_permissions'],
    [423, 'hubspot_locked'],
  ])('a %s of the whole call is thrown as %s', async (status, code) => {
    const { box, dialect } = await start();
    box.sandbox.control.addFault({ path: writePath, action: { kind: 'status', status } });
    await expect(
      dialect.writeGroup(box.portal, [clickEvent(1), clickEvent(2)], { resend: false }),
    ).rejects.toMatchObject({ code });
    expect(texts(box)).toEqual([]);
  });

  test('emoji, NUL, half an emoji, HTML and quotes in values arrive as text', async () => {
    const { box, dialect } = await start();
    const hostile = `<script>alert("1")</script> 👩‍👩‍👧 \u0000\u0007\ud83d 'Crème' & <b>bold</b>`;
    const event = clickEvent(1, {
      title: `Clicked: ${hostile}`,
      properties: { linkTitle: hostile, campaign: hostile },
      extraData: { nested: [{ note: hostile }] },
    });
    const outcomes = await rowsOf(dialect.writeGroup(box.portal, [event], { resend: false }));

    expect(statuses(outcomes)).toEqual(['written']);
    const [text = ''] = texts(box);
    expect(text).toContain('👩‍👩‍👧');
    expect(text).toContain('Crème');
    expect(text).not.toMatch(/\p{Cs}/u);
    expect(text).not.toContain('\\u0000');
    expect(text.includes('\u0000')).toBe(false);
    expect(keepsAsText(text, '<script>alert')).toBe(true);
  });

  test('no email leaves with an event, so no contact is made or changed', async () => {
    const { box, dialect } = await start();
    const before = box.sandbox.control
      .dump(portalId)
      .objects['contacts']?.records.map(({ id, values }) => ({ id, values }));
    await dialect.writeGroup(box.portal, [clickEvent(1), dealEvent(2)], { resend: false });
    const after = box.sandbox.control.dump(portalId).objects['contacts']?.records;
    expect(after?.map(({ id, values: { email } }) => ({ id, email }))).toEqual(
      before?.map(({ id, values: { email } }) => ({ id, email })),
    );
  });
});

/** HubSpot knows no id of ours on a note, so there only a resend looks (docs/decisions/0006-effect-once.md). */
const knownById = dialectCases.filter(({ name }) => name !== 'notes');

describe.each(knownById)('$name, where HubSpot knows our ids', ({ make, shown }) => {
  test('an event that is there before our first send is not written again', async () => {
    const box = await startSandboxPortal({ contacts: 2 });
    const dialect = await make(box);
    await dialect.writeGroup(box.portal, [clickEvent(2)], { resend: false });
    const events = numbered(4).map((number) => clickEvent(number));
    const outcomes = await writeAll(dialect, box.portal, events);
    expect(events.map(({ key }) => outcomes.get(key)?.status)).toEqual([
      'written',
      'already_there',
      'written',
      'written',
    ]);
    expect(shown(box, 'contact')).toHaveLength(4);
  });
});

test.each(['reject', 'ignore', 'accept-last-wins'] as const)(
  'timeline_v3 writes once, whatever HubSpot does with a known id (%s)',
  async (timelineV3Duplicates) => {
    const box = await startSandboxPortal({ contacts: 1 });
    const dialect = await dialectCases.find(({ name }) => name === 'timeline_v3')?.make(box);
    if (!dialect) throw new Error('the dialect is missing');
    box.sandbox.control.setSwitches({ timelineV3Duplicates });
    const events = numbered(3).map((number) => clickEvent(number));
    await dialect.writeGroup(box.portal, events.slice(0, 2), { resend: false });
    const outcomes = await rowsOf(dialect.writeGroup(box.portal, events, { resend: true }));
    expect(statuses(outcomes)).toEqual(['already_there', 'already_there', 'written']);
    expect(box.sandbox.control.events(portalId)).toMatchObject({ accepted: 3, distinct: 3 });
  },
);

test('app_events says why a group must be cut: a refusal proves that nothing is there, a conflict proves nothing about the halves', async () => {
  const box = await startSandboxPortal({ contacts: 1 });
  const dialect = await dialectCases.find(({ name }) => name === 'app_events')?.make(box);
  if (!dialect) throw new Error('the dialect is missing');
  await dialect.writeGroup(box.portal, [clickEvent(1)], { resend: false });
  const write = (events: TimelineEvent[]) => dialect.writeGroup(box.portal, events, { resend: false });
  expect(await write([clickEvent(1), clickEvent(2)])).toEqual({ kind: 'split', because: 'conflict' });
  expect(await write([clickEvent(2), clickEvent(3, { objectId: '404' })])).toEqual({
    kind: 'split',
    because: 'refused',
  });
});
