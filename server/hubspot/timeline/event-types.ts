// The four event types as HubSpot knows them. The same types stand in src/app/app-events for the app event dialect; a test compares both.
import type { EventType } from './dialect.ts';

export interface EventTypeDefinition {
  /** The name in the app project, and in HubSpot until types/projects says otherwise. */
  uid: string;
  name: string;
  objectType: 'contacts' | 'deals';
  headerTemplate: string;
  detailTemplate: string;
  tokens: { name: string; label: string; type: 'string' | 'number' }[];
}

type Token = EventTypeDefinition['tokens'][number];

const text = (name: string, label: string): Token => ({ name, label, type: 'string' });

const who = [text('contactName', 'Contact name'), text('contactId', 'Contact ID')];
const link = [text('linkTitle', 'Link title'), text('shortUrl', 'Short link')];
const clickTokens = [
  ...link,
  text('destination', 'Destination'),
  text('campaign', 'Campaign'),
  text('country', 'Country'),
  text('device', 'Device'),
];
const conversionTokens: Token[] = [
  text('conversionName', 'Conversion'),
  { name: 'value', label: 'Value', type: 'number' },
  text('currency', 'Currency'),
  text('campaign', 'Campaign'),
  text('source', 'Source'),
  text('medium', 'Medium'),
  ...link,
];

const whoLine = 'Who: {{contactName}} (contact {{contactId}})';
const linkLine = 'Link: {{linkTitle}} ({{shortUrl}})';
const clickHeader = 'Clicked: {{linkTitle}} ({{shortUrl}})';
const clickLines = [
  linkLine,
  'Destination: [{{destination}}]({{destination}})',
  'Campaign: {{campaign}}',
  'Country: {{country}}',
  'Device: {{device}}',
  'Clicked: {{#formatDate timestamp}}{{/formatDate}}',
];
const conversionHeader = 'Converted: {{conversionName}}';
const conversionLines = [
  'Conversion: {{conversionName}}',
  'Value: {{value}} {{currency}}',
  linkLine,
  'Campaign: {{campaign}}',
  'Source: {{source}}',
  'Medium: {{medium}}',
  'Converted: {{#formatDate timestamp}}{{/formatDate}}',
];

export const eventTypes: Record<EventType, EventTypeDefinition> = {
  contact_click: {
    uid: 'elido_contact_click',
    name: 'Elido link click',
    objectType: 'contacts',
    headerTemplate: clickHeader,
    detailTemplate: clickLines.join('\n'),
    tokens: clickTokens,
  },
  deal_click: {
    uid: 'elido_deal_click',
    name: 'Elido link click by a deal contact',
    objectType: 'deals',
    headerTemplate: clickHeader,
    detailTemplate: [whoLine, ...clickLines].join('\n'),
    tokens: [...who, ...clickTokens],
  },
  contact_conversion: {
    uid: 'elido_contact_conversion',
    name: 'Elido conversion',
    objectType: 'contacts',
    headerTemplate: conversionHeader,
    detailTemplate: conversionLines.join('\n'),
    tokens: conversionTokens,
  },
  deal_conversion: {
    uid: 'elido_deal_conversion',
    name: 'Elido conversion by a deal contact',
    objectType: 'deals',
    headerTemplate: conversionHeader,
    detailTemplate: [whoLine, ...conversionLines].join('\n'),
    tokens: [...who, ...conversionTokens],
  },
};

export const eventTypeNames = Object.keys(eventTypes) as EventType[];
