// An account with the cases the sandbox's pages must show: four event types, a template, a note, a merged and an
// archived contact, a doubled write, and a contact whose every value tries to be markup.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { CrmRecord, ObjectTypeId, PropertyDefinition } from '../../sandbox/state/crm.ts';
import { newPortal } from '../../sandbox/state/new-portal.ts';
import type { Portal } from '../../sandbox/state/portal.ts';
import type { SandboxState } from '../../sandbox/state/sandbox-state.ts';
import type { EventType, TimelineEvent } from '../../sandbox/state/timeline.ts';

export const noon = Date.parse('2026-11-20T12:00:00Z');
const portalId = 1001;
export const appId = 98765;
const markup = '"><script>alert(1)</script><img src=x onerror=alert(1)>';

const day = 86_400_000;
const click = {
  linkTitle: 'Q2 pricing PDF',
  shortUrl: 's.example.com/abc123',
  destination: 'https://example.com/pricing?tier=pro&lang=en',
  campaign: 'q2-pricing',
  country: 'Germany',
  device: 'Desktop',
};
const conversion = {
  conversionName: 'Trial started',
  value: '49.5',
  currency: 'EUR',
  campaign: 'q2-pricing',
  source: 'newsletter',
  medium: 'email',
  linkTitle: 'Q2 pricing PDF',
  shortUrl: 's.example.com/abc123',
};
const who = { contactName: 'Robin Sample', contactId: '501' };

/** Puts the account, its app, its grant and its tokens into a sandbox's state. */
export function fillAccount(state: SandboxState): Portal {
  const portal = newPortal({ portalId, name: 'Example Works', now: noon - 90 * day });
  state.portals.set(portalId, portal);
  addApp(state);
  addElidoProperties(portal);
  addRecords(portal);
  addEvents(state, portal);
  return portal;
}

function addApp(state: SandboxState): void {
  const scopes = ['oauth', 'timeline', 'crm.objects.contacts.read'];
  const grant = { appId, portalId, userId: 4242, scopes };
  state.apps.set(appId, {
    appId,
    name: 'Elido',
    projectName: 'elido-for-hubspot',
    clientId: '11111111-2222-4333-8444-555555555555',
    clientSecret: 'made-up-secret',
    redirectUris: ['http://localhost:3000/oauth/callback'],
    requiredScopes: scopes,
    optionalScopes: ['crm.objects.deals.write'],
    developerKey: null,
    approved: true,
  });
  state.installs.set(`${appId}/${portalId}`, {
    ...grant,
    installedAt: noon - day,
    uninstalledAt: null,
    uninstalledBy: null,
  });
  for (const [token, expiresAt, revoked] of [
    ['live-access-token', noon + 600_000, false],
    ['late-access-token', noon - 600_000, false],
    ['gone-access-token', noon + 600_000, true],
  ] as const) {
    state.accessTokens.set(token, { ...grant, token, issuedAt: noon - day, expiresAt, revoked });
  }
  state.refreshTokens.set('live-refresh-token', {
    ...grant,
    token: 'live-refresh-token',
    issuedAt: noon - day,
    revoked: false,
  });
}

function addElidoProperties(portal: Portal): void {
  const contacts = portal.tables.get('0-1');
  const model = contacts?.properties.get('firstname');
  if (contacts === undefined || model === undefined) throw new Error('A new portal has contacts with a first name.');
  contacts.groups.set('elido', { name: 'elido', label: 'Elido', displayOrder: 1, archived: false });
  const custom: PropertyDefinition = { ...model, hubspotDefined: false, groupName: 'elido' };
  for (const [name, label] of [
    ['elido_last_utm_source', 'Last UTM source'],
    ['elido_recent_link_clicks', 'Recent link clicks'],
  ] as const) {
    contacts.properties.set(name, { ...custom, name, label });
  }
}

function addRecords(portal: Portal): void {
  const robin = addRecord(portal, '0-1', '501', {
    email: 'robin.sample@example.com',
    firstname: 'Robin',
    lastname: 'Sample',
    lifecyclestage: 'lead',
    hubspot_owner_id: '70001',
    elido_last_utm_source: 'newsletter',
    elido_recent_link_clicks: '2',
  });
  robin.mergedIds.push('77');
  portal.tables.get('0-1')?.aliases.set('77', '501');
  robin.history['elido_last_utm_source']?.push(version('podcast', noon - 3 * day), version('', noon - 5 * day));

  const hostile = addRecord(portal, '0-1', '502', {
    email: 'hostile@example.com',
    firstname: markup,
    lastname: markup,
    elido_last_utm_source: markup,
  });
  const gone = addRecord(portal, '0-1', '503', { email: 'gone@example.com' });
  Object.assign(gone, { archived: true, archivedAt: noon - day });

  const deal = addRecord(portal, '0-3', '9001', {
    dealname: 'Example Works: annual plan',
    pipeline: 'default',
    dealstage: 'qualifiedtobuy',
    amount: '12000',
  });
  const company = addRecord(portal, '0-2', '7001', { name: 'Example Works', domain: 'works.example.com' });
  const note = addRecord(portal, '0-46', '3001', {
    hs_note_body: '<p>Asked for <a href="https://example.com/offer">an offer</a>.</p><script>alert(1)</script>',
    hs_timestamp: String(noon - 40 * day),
  });
  for (const other of [deal, company, note]) link(portal, robin, other);
  link(portal, hostile, deal);
}

const version = (value: string, timestamp: number) => ({
  value,
  timestamp,
  sourceType: 'INTEGRATION' as const,
  sourceId: String(appId),
  sourceLabel: 'Elido',
  updatedByUserId: null,
});

function addRecord(portal: Portal, typeId: ObjectTypeId, id: string, values: Record<string, string>): CrmRecord {
  const record: CrmRecord = {
    id,
    typeId,
    values,
    history: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [version(value, noon - day)]])),
    createdAt: noon - 60 * day,
    updatedAt: noon - day,
    archived: false,
    archivedAt: null,
    mergedIds: [],
  };
  portal.tables.get(typeId)?.records.set(id, record);
  return record;
}

function link(portal: Portal, one: CrmRecord, other: CrmRecord): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    const key = `${from.typeId}/${from.id}`;
    const byType = portal.associations.get(key) ?? new Map();
    portal.associations.set(key, byType);
    const byId = byType.get(to.typeId) ?? new Map();
    byType.set(to.typeId, byId);
    byId.set(to.id, [{ typeId: 1, category: 'HUBSPOT_DEFINED', label: to.typeId === '0-2' ? 'Primary' : null }]);
  }
}

function addEvents(state: SandboxState, portal: Portal): void {
  for (const type of declaredTypes()) state.eventTypes.set(`${type.generation}/${appId}/${type.key}`, type);
  const robin = { objectTypeId: '0-1', objectId: '501' } as const;
  const deal = { objectTypeId: '0-3', objectId: '9001' } as const;
  const hostile = { objectTypeId: '0-1', objectId: '502' } as const;
  const extraData = { utm: { content: markup }, referrer: 'https://news.example.com/' };

  addEvent(portal, {
    ...robin,
    typeKey: 'elido_contact_click',
    id: 'c1',
    timestamp: noon - 2 * day,
    properties: click,
    extraData,
  });
  addEvent(portal, { ...robin, typeKey: 'elido_contact_click', id: 'c2', timestamp: noon - day, properties: click });
  addEvent(portal, { ...robin, typeKey: 'elido_contact_click', id: 'c2', timestamp: noon - day, properties: click });
  addEvent(portal, {
    ...robin,
    typeKey: 'elido_contact_conversion',
    id: 'v1',
    timestamp: noon,
    properties: conversion,
  });
  addEvent(portal, {
    ...robin,
    generation: 'v3-template',
    typeKey: '1001298',
    id: 'w1',
    timestamp: noon - 50 * day,
    properties: { webinar: 'Intro', rating: 'good' },
    extraData: { questions: [{ question: 'Price?' }, { question: markup }] },
  });
  addEvent(portal, {
    ...deal,
    typeKey: 'elido_deal_click',
    id: 'c1',
    timestamp: noon - day,
    properties: { ...click, ...who },
  });
  addEvent(portal, {
    ...deal,
    typeKey: 'elido_deal_conversion',
    id: 'v1',
    timestamp: noon,
    properties: { ...conversion, ...who },
  });
  addEvent(portal, {
    ...hostile,
    typeKey: 'elido_contact_click',
    id: 'c3',
    timestamp: noon,
    properties: {
      ...click,
      linkTitle: markup,
      campaign: '[x](https://evil.example)',
      destination: 'javascript:alert(1)',
    },
    extraData,
  });
  addEvent(portal, {
    ...hostile,
    typeKey: 'no_longer_declared',
    id: 'c4',
    timestamp: noon,
    properties: { 'a<b>': markup },
  });
}

type NewEvent = Pick<TimelineEvent, 'objectTypeId' | 'objectId' | 'typeKey' | 'id' | 'timestamp' | 'properties'> &
  Partial<TimelineEvent>;

export function addEvent({ timeline }: Portal, event: NewEvent): void {
  const index = timeline.events.length;
  timeline.events.push({
    index,
    generation: 'app-event',
    appId,
    email: null,
    acceptedAt: event.timestamp,
    extraData: null,
    timelineIFrame: null,
    ...event,
  });
  const key = `${event.objectTypeId}/${event.objectId}`;
  timeline.byObject.set(key, [...(timeline.byObject.get(key) ?? []), index]);
}

const declarationSchema = z.object({
  uid: z.string(),
  config: z.object({
    name: z.string(),
    objectType: z.enum(['CONTACT', 'DEAL']),
    headerTemplate: z.string(),
    detailTemplate: z.string(),
    properties: z.array(z.object({ name: z.string(), label: z.string(), type: z.enum(['string', 'number']) })),
  }),
});

/** The project's own declarations, and one template of the older generation. */
function declaredTypes(): EventType[] {
  const folder = join(import.meta.dirname, '../../src/app/app-events');
  const times = { createdAt: noon, updatedAt: noon };
  const declared = readdirSync(folder).map((file): EventType => {
    const { uid, config } = declarationSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    const { objectType, properties, ...rest } = config;
    return {
      ...rest,
      ...times,
      generation: 'app-event',
      appId,
      key: uid,
      fullyQualifiedName: `ae${appId}_${uid}`,
      objectTypeId: objectType === 'DEAL' ? '0-3' : '0-1',
      properties: properties.map((property) => ({ ...property, options: [], objectPropertyName: null })),
    };
  });
  const rating = [{ value: 'good', label: 'Good & useful' }];
  const template: EventType = {
    ...times,
    generation: 'v3-template',
    appId,
    key: '1001298',
    fullyQualifiedName: '1001298',
    name: 'Webinar attended',
    objectTypeId: '0-1',
    headerTemplate: 'Attended {{webinar}}: {{rating}}',
    detailTemplate: '{{#each extraData.questions}}* {{question}}\n{{/each}}',
    properties: [
      { name: 'webinar', label: 'Webinar', type: 'string', options: [], objectPropertyName: null },
      { name: 'rating', label: 'Rating', type: 'enumeration', options: rating, objectPropertyName: null },
    ],
  };
  return [...declared, template];
}
