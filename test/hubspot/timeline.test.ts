// What the dialects need to know before they write: event types, templates, names; and the parts of a note.
import { readFileSync, readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeAppEvents } from '../../server/hubspot/timeline/app-events.ts';
import { resolveEventNames, uidNames } from '../../server/hubspot/timeline/app-event-names.ts';
import { cleanText } from '../../server/hubspot/timeline/clean-text.ts';
import type { TimelineEvent } from '../../server/hubspot/timeline/dialect.ts';
import { eventTypeNames, eventTypes } from '../../server/hubspot/timeline/event-types.ts';
import { noteBody, referenceIn, referenceOf } from '../../server/hubspot/timeline/note-body.ts';
import { ensureTemplates } from '../../server/hubspot/timeline/templates.ts';
import { appId, developerApiKey, startSandboxPortal } from './sandbox-portal.ts';

const event: TimelineEvent = {
  key: 'k1',
  id: 'event-1',
  type: 'contact_click',
  objectType: 'contact',
  objectId: '1',
  at: Date.parse('2026-11-20T12:00:00Z'),
  properties: { linkTitle: 'Pricing' },
  extraData: {},
  title: 'Clicked: Pricing',
};

test('the event types are those declared in src/app/app-events', () => {
  const folder = 'src/app/app-events';
  const declared = readdirSync(folder)
    .filter((name) => /-hsmeta\.json(\.pending)?$/.test(name))
    .map(
      (name) =>
        JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as { uid: string; config: Record<string, unknown> },
    )
    .map(({ uid, config }) => ({ uid, ...config }));
  const ours = Object.values(eventTypes).map(({ tokens, objectType, ...rest }) => ({
    ...rest,
    objectType: objectType === 'contacts' ? 'CONTACT' : 'DEAL',
    properties: tokens,
  }));
  const byUid = (a: { uid: string }, b: { uid: string }) => a.uid.localeCompare(b.uid);
  expect(ours.toSorted(byUid)).toEqual(declared.toSorted(byUid));
});

describe('templates', () => {
  const access = { appId, developerApiKey };

  test('are made once and found again by name', async () => {
    const { hubspot, sandbox } = await startSandboxPortal();
    sandbox.control.setSwitches({ timelineTemplates: 'open' });
    const first = await ensureTemplates(hubspot, access);
    expect(Object.keys(first).toSorted()).toEqual(eventTypeNames.toSorted());
    expect(new Set(Object.values(first)).size).toBe(4);
    expect(await ensureTemplates(hubspot, access)).toEqual(first);
  });

  test('closed to apps that own none: the error says what to choose instead', async () => {
    const { hubspot } = await startSandboxPortal();
    await expect(ensureTemplates(hubspot, access)).rejects.toMatchObject({
      code: 'hubspot_insufficient_permissions',
      message: expect.stringMatching(/app events or notes/),
    });
  });

  test('a wrong developer key names the variable, and never shows the key', async () => {
    const { hubspot, calls } = await startSandboxPortal();
    const failure: unknown = await ensureTemplates(hubspot, { appId, developerApiKey: 'wrong-key' }).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code: 'internal', message: expect.stringContaining('HUBSPOT_DEVELOPER_API_KEY') });
    expect(JSON.stringify([failure, String(failure), calls])).not.toContain('wrong-key');
  });
});

describe('app event names', () => {
  test('are the uids without a developer token, and the project’s long names with one', async () => {
    const { hubspot, sandbox } = await startSandboxPortal();
    expect(await resolveEventNames(hubspot, { projectName: 'elido' })).toEqual(uidNames);
    const developerToken = 'developer-token-1';
    sandbox.control.addPrivateToken({
      portalId: 20_000_001,
      token: developerToken,
      scopes: ['developers-read'],
      appId,
    });
    const names = await resolveEventNames(hubspot, { projectName: 'elido', developerToken });
    expect(names.contact_click).toBe(`ae${appId}_elido_contact_click`);
    expect(await resolveEventNames(hubspot, { projectName: 'other', developerToken })).toEqual(uidNames);
  });

  test('events can be written under the long names', async () => {
    const { portal } = await startSandboxPortal({ contacts: 1 });
    const names = { ...uidNames, contact_click: `ae${appId}_elido_contact_click` };
    const result = await makeAppEvents({ names }).writeGroup(portal, [event], { resend: false });
    expect(result).toEqual({ kind: 'rows', outcomes: new Map([['k1', { status: 'written' }]]) });
  });

  test('a type HubSpot does not know fails the whole group in one call and says what to do', async () => {
    const { portal, calls } = await startSandboxPortal({ contacts: 1 });
    const events = Array.from({ length: 50 }, (_, index) => ({ ...event, key: `k${index}`, id: `e${index}` }));
    const dialect = makeAppEvents({ names: { ...uidNames, contact_click: 'not_uploaded' } });
    const result = await dialect.writeGroup(portal, events, { resend: false });
    expect(result.kind === 'rows' && [...result.outcomes.values()]).toMatchObject(
      events.map(() => ({
        status: 'failed',
        error: { code: 'hubspot_validation', message: expect.stringContaining('not_uploaded') },
      })),
    );
    expect(calls).toHaveLength(1);
  });

  test('an app HubSpot has not approved is told so', async () => {
    const { portal } = await startSandboxPortal({ contacts: 1, approved: false });
    await expect(makeAppEvents().writeGroup(portal, [event], { resend: false })).rejects.toMatchObject({
      code: 'hubspot_insufficient_permissions',
      message: expect.stringContaining('approval'),
    });
  });
});

describe('a note', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 60 });

  test('whatever the values, no markup of theirs survives and the reference is found again', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (title, value, id) => {
        const body = noteBody({
          ...event,
          id: `i${id}`,
          title,
          properties: { linkTitle: value, campaign: `Elido reference: x<p>${value}` },
        });
        const tags = new Set(body.match(/<[^>]*>/g));
        expect([...tags].every((tag) => ['<p>', '</p>', '<strong>', '</strong>', '<br>'].includes(tag))).toBe(true);
        expect(referenceIn(body)).toBe(referenceOf(`i${id}`));
      }),
    );
  });

  test('two ids never share a reference', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        fc.pre(cleanText(a) !== cleanText(b));
        expect(referenceOf(a)).not.toBe(referenceOf(b));
      }),
    );
  });

  test('the reference is found although HubSpot wraps and spaces the body anew', () => {
    expect(referenceIn('<div style="x"><p>Clicked</p>\n<p>Elido reference:&nbsp;<span>abc-1</span></p></div>')).toBe(
      'abc-1',
    );
    expect(referenceIn('<p>Called the customer</p>')).toBeNull();
  });

  test('values of a megabyte stay within what a note holds, and a long address stays whole', () => {
    const destination = `https://www.example.com/${'a'.repeat(2_000)}`;
    expect(noteBody({ ...event, properties: { destination } })).toContain(destination);
    const long = Object.fromEntries(eventTypes.deal_conversion.tokens.map(({ name }) => [name, '"'.repeat(1_000_000)]));
    expect(noteBody({ ...event, type: 'deal_conversion', properties: long }).length).toBeLessThan(65_536);
    const body = noteBody({ ...event, title: '👩‍👩‍👧'.repeat(50_000), properties: { linkTitle: '<'.repeat(1_000_000) } });
    expect(body.length).toBeLessThan(65_536);
    expect(body).not.toMatch(/\p{Cs}/u);
  });
});

test('clean text has no control characters and no half emoji, and keeps the rest', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const cleaned = cleanText(text);
      expect(cleaned).not.toMatch(/[^\P{Cc}\n\t]|\p{Cs}/u);
      expect(cleanText(cleaned)).toBe(cleaned);
    }),
  );
  expect(cleanText('a\u0000b\n\t👩‍👩‍👧 é')).toBe('ab\n\t👩‍👩‍👧 é');
});
