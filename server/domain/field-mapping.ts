// Which value of a click or conversion goes to which contact property, and which properties may be chosen. Pure.
import type { Touch } from './attribution.ts';
import type { Conversion } from './conversion.ts';
import { clickCounter } from './elido-properties.ts';
import type { UtmName } from './utm.ts';

export const mappingSources = [
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_content',
  'utm_term',
  'click_id',
  'link_slug',
  'value',
  'currency',
  'converted_at',
] as const;
export type MappingSource = (typeof mappingSources)[number];

export interface FieldMappingRow {
  source: MappingSource;
  object: 'contact';
  property: string;
}

export const defaultFieldMapping: readonly FieldMappingRow[] = [
  { source: 'utm_source', object: 'contact', property: 'elido_last_utm_source' },
  { source: 'utm_campaign', object: 'contact', property: 'elido_last_utm_campaign' },
  { source: 'utm_medium', object: 'contact', property: 'elido_last_utm_medium' },
];

export interface PropertyOption {
  value: string;
  label: string;
}

/** What must be known of a property of the portal to write to it. */
export interface PropertyFacts {
  name: string;
  type: string;
  readOnly: boolean;
  /** Of an enumeration; absent or empty when HubSpot keeps them elsewhere. */
  options?: readonly PropertyOption[];
}

export interface MappingProblem {
  row: number;
  property: string;
  reason: string;
}

const firstTouch = /^(hs_analytics_|original_source_|hs_latest_source)/;

/** Every row that cannot work in this portal, with the reason for a person. */
export function checkFieldMapping(
  rows: readonly FieldMappingRow[],
  properties: readonly PropertyFacts[],
): MappingProblem[] {
  const known = new Map(properties.map((property) => [property.name, property]));
  const taken = new Map<string, number>();
  const problems: MappingProblem[] = [];
  rows.forEach(({ source, property }, row) => {
    const reason = refusal({ source, property, facts: known.get(property), takenBy: taken.get(property) });
    if (reason) problems.push({ row, property, reason });
    if (!taken.has(property)) taken.set(property, row);
  });
  return problems;
}

interface Candidate {
  source: MappingSource;
  property: string;
  facts: PropertyFacts | undefined;
  takenBy: number | undefined;
}

function refusal({ source, property, facts, takenBy }: Candidate): string | null {
  if (takenBy !== undefined) return `${property} is already filled by row ${takenBy}.`;
  if (property === clickCounter) return `${property} is the click counter that Elido computes itself.`;
  if (firstTouch.test(property)) {
    return `${property} is HubSpot's own first-touch analytics and keeps its first value. Choose a custom property.`;
  }
  if (!facts) return `This portal has no contact property named ${property}. Create it in HubSpot first.`;
  if (facts.readOnly) return `${property} is read-only in HubSpot. Choose a property that can be written.`;
  const types = typesFor(source);
  if (facts.type === 'enumeration' && types.includes('enumeration') && !facts.options?.length) {
    return `${property} is of type enumeration and has no options of its own to choose from.`;
  }
  if (types.includes(facts.type)) return null;
  return `${property} is of type ${facts.type}; ${source} needs a property of type ${types.join(' or ')}.`;
}

/** The property values of one touch under a mapping. A UTM name the touch lacks clears its property: half a touch would lie. */
export function mapTouch(
  rows: readonly FieldMappingRow[],
  touch: Touch,
  sources: readonly MappingSource[],
): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const { source, property } of rows) {
    if (sources.includes(source)) properties[property] = valueOf(source, touch);
  }
  return properties;
}

/** HubSpot's property types that can hold the value. */
export function typesFor(source: MappingSource): readonly string[] {
  switch (source) {
    case 'value':
      return ['number', 'string'];
    case 'converted_at':
      return ['date', 'datetime', 'string'];
    case 'click_id':
      return ['string'];
    default:
      return ['string', 'enumeration'];
  }
}

export const utmSources = mappingSources.filter((source) => source.startsWith('utm_'));
export const clickSources: readonly MappingSource[] = ['click_id', 'link_slug'];

/** The money of a conversion. A conversion without a value leaves the property as it is. */
export function mapMoney(rows: readonly FieldMappingRow[], { value, currency }: Conversion): Record<string, string> {
  if (value === null) return {};
  const money = { value: String(value), currency };
  return Object.fromEntries(
    rows.flatMap(({ source, property }) =>
      source === 'value' || source === 'currency' ? [[property, money[source]]] : [],
    ),
  );
}

/** When it happened, for a property of type date or datetime. */
export function mapMoment(rows: readonly FieldMappingRow[], { at }: Conversion): Record<string, string> {
  const moment = new Date(at).toISOString();
  return Object.fromEntries(
    rows.flatMap(({ source, property }) => (source === 'converted_at' ? [[property, moment]] : [])),
  );
}

function valueOf(source: MappingSource, touch: Touch): string {
  if (source === 'click_id') return touch.clickId;
  if (source === 'link_slug') return touch.slug;
  return touch.utm[source.slice('utm_'.length) as UtmName] ?? '';
}
