/** The standard properties a connector meets in every account. A subset of HubSpot's, with the true read-only flags. */
import type { ObjectTypeId, PropertyDefinition, PropertyGroup, PropertyType } from './crm.ts';
import { noteRows, taskRows } from './engagement-properties.ts';
import { common, type Row } from './property-rows.ts';

const sources = [
  ['ORGANIC_SEARCH', 'Organic Search'],
  ['PAID_SEARCH', 'Paid Search'],
  ['EMAIL_MARKETING', 'Email Marketing'],
  ['SOCIAL_MEDIA', 'Organic Social'],
  ['PAID_SOCIAL', 'Paid Social'],
  ['REFERRALS', 'Referrals'],
  ['OTHER_CAMPAIGNS', 'Other Campaigns'],
  ['DIRECT_TRAFFIC', 'Direct Traffic'],
  ['OFFLINE', 'Offline Sources'],
] as const;

const lifecycle = [
  ['subscriber', 'Subscriber'],
  ['lead', 'Lead'],
  ['marketingqualifiedlead', 'Marketing Qualified Lead'],
  ['salesqualifiedlead', 'Sales Qualified Lead'],
  ['opportunity', 'Opportunity'],
  ['customer', 'Customer'],
  ['evangelist', 'Evangelist'],
  ['other', 'Other'],
] as const;

const leadStatus = [
  ['NEW', 'New'],
  ['OPEN', 'Open'],
  ['IN_PROGRESS', 'In Progress'],
  ['OPEN_DEAL', 'Open Deal'],
  ['UNQUALIFIED', 'Unqualified'],
  ['ATTEMPTED_TO_CONTACT', 'Attempted to Contact'],
  ['CONNECTED', 'Connected'],
  ['BAD_TIMING', 'Bad Timing'],
] as const;

const dealTypes = [
  ['newbusiness', 'New Business'],
  ['existingbusiness', 'Existing Business'],
] as const;

/** On every object. `createdate` is writable on deals and companies only. */
const analytics = 'analyticsinformation';
const option = { type: 'enumeration', fieldType: 'select' } as const;

const contactRows: Row[] = [
  ...common('lastmodifieddate'),
  { name: 'createdate', label: 'Create Date', type: 'datetime', readOnly: true },
  { name: 'email', label: 'Email', unique: true },
  { name: 'hs_additional_emails', label: 'Additional email addresses', ...option, readOnly: true, external: true },
  { name: 'firstname', label: 'First Name' },
  { name: 'lastname', label: 'Last Name' },
  { name: 'company', label: 'Company Name' },
  { name: 'jobtitle', label: 'Job Title' },
  { name: 'phone', label: 'Phone Number', fieldType: 'phonenumber' },
  { name: 'city', label: 'City' },
  { name: 'country', label: 'Country/Region' },
  { name: 'website', label: 'Website URL' },
  { name: 'lifecyclestage', label: 'Lifecycle Stage', ...option, options: lifecycle },
  { name: 'hs_lead_status', label: 'Lead Status', ...option, options: leadStatus },
  { name: 'hs_email_optout', label: 'Unsubscribed from all email', type: 'bool', fieldType: 'booleancheckbox' },
  { name: 'hs_google_click_id', label: 'Google ad click id', group: analytics },
  { name: 'hs_facebook_click_id', label: 'Facebook click id', group: analytics },
  { name: 'notes_last_contacted', label: 'Last Contacted', type: 'datetime', readOnly: true, calculated: true },
  {
    name: 'num_associated_deals',
    label: 'Number of Associated Deals',
    type: 'number',
    readOnly: true,
    calculated: true,
  },
  {
    name: 'hs_analytics_source',
    label: 'Original Traffic Source',
    ...option,
    group: analytics,
    readOnly: true,
    options: sources,
  },
  {
    name: 'hs_analytics_source_data_1',
    label: 'Original Traffic Source Drill-Down 1',
    group: analytics,
    readOnly: true,
  },
  {
    name: 'hs_analytics_source_data_2',
    label: 'Original Traffic Source Drill-Down 2',
    group: analytics,
    readOnly: true,
  },
  { name: 'hs_analytics_first_url', label: 'First Page Seen', group: analytics, readOnly: true },
  { name: 'hs_analytics_last_url', label: 'Last Page Seen', group: analytics, readOnly: true },
  {
    name: 'hs_analytics_num_page_views',
    label: 'Number of Pageviews',
    type: 'number',
    group: analytics,
    readOnly: true,
  },
  {
    name: 'hs_analytics_first_timestamp',
    label: 'Time First Seen',
    type: 'datetime',
    group: analytics,
    readOnly: true,
  },
  { name: 'hs_analytics_last_timestamp', label: 'Time Last Seen', type: 'datetime', group: analytics, readOnly: true },
  {
    name: 'hs_analytics_first_touch_converting_campaign',
    label: 'First Touch Converting Campaign',
    group: analytics,
    readOnly: true,
  },
  {
    name: 'hs_analytics_last_touch_converting_campaign',
    label: 'Last Touch Converting Campaign',
    group: analytics,
    readOnly: true,
  },
  {
    name: 'hs_latest_source',
    label: 'Latest Traffic Source',
    ...option,
    group: analytics,
    readOnly: true,
    options: sources,
  },
  { name: 'hs_latest_source_data_1', label: 'Latest Traffic Source Drill-Down 1', group: analytics, readOnly: true },
  { name: 'hs_latest_source_data_2', label: 'Latest Traffic Source Drill-Down 2', group: analytics, readOnly: true },
  {
    name: 'hs_latest_source_timestamp',
    label: 'Latest Traffic Source Date',
    type: 'datetime',
    group: analytics,
    readOnly: true,
  },
];

const companyRows: Row[] = [
  ...common('hs_lastmodifieddate'),
  { name: 'createdate', label: 'Create Date', type: 'datetime' },
  { name: 'name', label: 'Company name' },
  { name: 'domain', label: 'Company Domain Name' },
  { name: 'industry', label: 'Industry' },
  { name: 'city', label: 'City' },
  { name: 'country', label: 'Country/Region' },
  { name: 'phone', label: 'Phone Number', fieldType: 'phonenumber' },
  { name: 'website', label: 'Website URL' },
  { name: 'annualrevenue', label: 'Annual Revenue', type: 'number' },
  { name: 'numberofemployees', label: 'Number of Employees', type: 'number' },
  { name: 'lifecyclestage', label: 'Lifecycle Stage', ...option, options: lifecycle },
];

const dealRows: Row[] = [
  ...common('hs_lastmodifieddate'),
  { name: 'createdate', label: 'Create Date', type: 'datetime' },
  { name: 'dealname', label: 'Deal Name' },
  { name: 'amount', label: 'Amount', type: 'number' },
  { name: 'closedate', label: 'Close Date', type: 'datetime' },
  { name: 'pipeline', label: 'Pipeline', ...option, external: true },
  { name: 'dealstage', label: 'Deal Stage', ...option, external: true },
  { name: 'dealtype', label: 'Deal Type', type: 'enumeration', fieldType: 'radio', options: dealTypes },
  { name: 'description', label: 'Deal Description', fieldType: 'textarea' },
  { name: 'deal_currency_code', label: 'Currency' },
  { name: 'hs_is_closed', label: 'Is Deal Closed?', type: 'bool', readOnly: true, calculated: true },
  { name: 'hs_is_closed_won', label: 'Is Closed Won', type: 'bool', readOnly: true, calculated: true },
  { name: 'hs_deal_stage_probability', label: 'Deal probability', type: 'number', readOnly: true, calculated: true },
  {
    name: 'hs_analytics_source',
    label: 'Original Traffic Source',
    ...option,
    group: analytics,
    readOnly: true,
    options: sources,
  },
];

const kinds: Record<ObjectTypeId, { rows: Row[]; group: PropertyGroup }> = {
  '0-1': { rows: contactRows, group: standardGroup('contactinformation', 'Contact information') },
  '0-2': { rows: companyRows, group: standardGroup('companyinformation', 'Company information') },
  '0-3': { rows: dealRows, group: standardGroup('dealinformation', 'Deal information') },
  '0-27': { rows: taskRows, group: standardGroup('task', 'Task information') },
  '0-46': { rows: noteRows, group: standardGroup('engagement', 'Engagement information') },
};

function standardGroup(name: string, label: string): PropertyGroup {
  return { name, label, displayOrder: 0, archived: false };
}

const fieldTypes: Record<PropertyType, string> = {
  string: 'text',
  number: 'number',
  date: 'date',
  datetime: 'date',
  enumeration: 'select',
  bool: 'booleancheckbox',
};

const yesNo = [
  ['true', 'Yes'],
  ['false', 'No'],
] as const;

function toDefinition(row: Row, groupName: string): PropertyDefinition {
  const type = row.type ?? 'string';
  const options = row.options ?? (type === 'bool' ? yesNo : []);
  return {
    name: row.name,
    label: row.label,
    type,
    fieldType: row.fieldType ?? fieldTypes[type],
    groupName: row.group ?? groupName,
    description: '',
    options: options.map(([value, label], displayOrder) => ({ label, value, displayOrder, hidden: false })),
    displayOrder: -1,
    hasUniqueValue: row.unique ?? false,
    hidden: false,
    formField: row.readOnly === undefined,
    calculated: row.calculated ?? false,
    externalOptions: row.external ?? false,
    hubspotDefined: true,
    readOnlyValue: row.readOnly ?? false,
    archived: false,
    createdAt: 0,
    updatedAt: 0,
  };
}

/** Fresh copies: portals change their own definitions. */
export function standardProperties(typeId: ObjectTypeId): {
  definitions: PropertyDefinition[];
  groups: PropertyGroup[];
} {
  const { rows, group } = kinds[typeId];
  const definitions = rows.map((row) => toDefinition(row, group.name));
  const groups = [{ ...group }, standardGroup(analytics, 'Web analytics history')];
  return { definitions, groups };
}
