// How a record is named and how its values read: labels instead of codes, dates instead of milliseconds.
// Pure reading of the portal's data; it makes no markup.
import type { CrmRecord, ObjectTypeId, PropertyDefinition } from '../state/crm.ts';
import { tableOf } from '../state/lookups.ts';
import type { Portal } from '../state/portal.ts';
import { formatDate, formatDateTime } from './format.ts';

export type PageTypeId = Exclude<ObjectTypeId, '0-27' | '0-46'>;

export const pageTypes: Record<PageTypeId, { one: string; many: string }> = {
  '0-1': { one: 'Contact', many: 'Contacts' },
  '0-3': { one: 'Deal', many: 'Deals' },
  '0-2': { one: 'Company', many: 'Companies' },
};

export const pageTypeIds: readonly PageTypeId[] = ['0-1', '0-3', '0-2'];

export function recordPath(portal: Portal, { typeId, id }: { typeId: ObjectTypeId; id: string }): string {
  return `/contacts/${portal.portalId}/record/${typeId}/${encodeURIComponent(id)}`;
}

export function recordName({ typeId, values, id }: CrmRecord): string {
  const person = `${values['firstname'] ?? ''} ${values['lastname'] ?? ''}`.trim();
  if (typeId === '0-1') return person || values['email'] || `Contact ${id}`;
  if (typeId === '0-3') return values['dealname'] || `Deal ${id}`;
  if (typeId === '0-2') return values['name'] || values['domain'] || `Company ${id}`;
  return `Note ${id}`;
}

/** The line under the name: what tells two records of the same name apart. */
export function recordSubtitle(portal: Portal, record: CrmRecord): string {
  const { typeId, values } = record;
  if (typeId === '0-1') return values['email'] ?? '';
  if (typeId === '0-2') return values['domain'] ?? '';
  return ['dealstage', 'amount']
    .map((name) => showValue(portal, record, name))
    .filter((text) => text !== '')
    .join(' · ');
}

/** The current value as text, or nothing when it is not set. */
export function showValue(portal: Portal, record: CrmRecord, name: string): string {
  return showRaw({ portal, typeId: record.typeId, name, value: record.values[name] ?? '', values: record.values });
}

export function showRaw(input: {
  portal: Portal;
  typeId: ObjectTypeId;
  name: string;
  value: string;
  values: Readonly<Record<string, string>>;
}): string {
  const { portal, typeId, name, value, values } = input;
  if (value === '') return '';
  if (name === 'pipeline') return findPipeline(portal, typeId, value)?.label ?? value;
  if (name === 'dealstage') {
    const stages = findPipeline(portal, typeId, values['pipeline'] ?? 'default')?.stages;
    return stages?.find((stage) => stage.id === value)?.label ?? value;
  }
  if (name === 'hubspot_owner_id') {
    const owner = portal.owners.find((each) => each.id === value);
    return owner ? `${owner.firstName} ${owner.lastName}`.trim() || owner.email : value;
  }
  if (name === 'amount') return showMoney(portal.currency, value);
  return showTyped(tableOf(portal, typeId).properties.get(name), value);
}

function findPipeline(portal: Portal, typeId: ObjectTypeId, id: string) {
  return portal.pipelines.get(typeId)?.find((pipeline) => pipeline.id === id);
}

function showMoney(currency: string, value: string): string {
  const amount = Number(value);
  return Number.isFinite(amount) ? `${amount.toLocaleString('en-GB')} ${currency}` : value;
}

function showTyped(definition: PropertyDefinition | undefined, value: string): string {
  if (definition?.type === 'date') return showTime(value, formatDate);
  if (definition?.type === 'datetime') return showTime(value, formatDateTime);
  if (definition?.type !== 'enumeration') return value;
  const label = (part: string): string => definition.options.find((option) => option.value === part)?.label ?? part;
  return value.split(';').map(label).join('; ');
}

function showTime(value: string, format: (time: number) => string): string {
  const time = /^-?\d+$/.test(value) ? Number(value) : Date.parse(value);
  return Number.isNaN(time) ? value : format(time);
}
