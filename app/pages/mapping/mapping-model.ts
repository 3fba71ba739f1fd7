// What can be mapped to what, and what changed. Pure; the server judges every mapping again when it is saved.
import type { FieldMappingRow, MappingSource, Property } from '../../api/contract.ts';

interface SourceText {
  source: MappingSource;
  label: string;
  words: string;
  example: string;
}

/** Every value that Elido knows, in the order people think of them. */
export const sourceTexts: readonly SourceText[] = [
  { source: 'utm_source', label: 'UTM source', words: 'Of the last click.', example: 'newsletter' },
  { source: 'utm_medium', label: 'UTM medium', words: 'Of the last click.', example: 'email' },
  { source: 'utm_campaign', label: 'UTM campaign', words: 'Of the last click.', example: 'q2-pricing' },
  { source: 'utm_content', label: 'UTM content', words: 'Of the last click.', example: 'button-top' },
  { source: 'utm_term', label: 'UTM term', words: 'Of the last click.', example: 'short links' },
  { source: 'link_slug', label: 'Link', words: 'The slug that was clicked last.', example: 'q2-pricing' },
  { source: 'click_id', label: 'Click id', words: 'Names the last click in the delivery log.', example: 'clk_7Q2M' },
  { source: 'value', label: 'Conversion value', words: 'Of the last conversion that has one.', example: '129.90' },
  { source: 'currency', label: 'Currency', words: 'Of the last conversion with a value.', example: 'EUR' },
  {
    source: 'converted_at',
    label: 'Converted at',
    words: 'When the last conversion happened.',
    example: '25 Nov 2026',
  },
];

export function labelOf(source: MappingSource): string {
  return sourceTexts.find((text) => text.source === source)?.label ?? source;
}

/** Why the property cannot take the value, or null when it can. */
export function refusalOf(property: Property, source: MappingSource, rows: readonly FieldMappingRow[]): string | null {
  if (!property.mappable) return property.reason ?? 'HubSpot does not let it be written.';
  const taken = rows.find((row) => row.property === property.name);
  if (taken) return `Filled by ${labelOf(taken.source)} already.`;
  if (property.sources.includes(source)) return null;
  return `Of type ${property.type}: it cannot hold a ${labelOf(source).toLowerCase()}.`;
}

export function withRow(rows: readonly FieldMappingRow[], source: MappingSource, property: string): FieldMappingRow[] {
  return [...rows.filter((row) => row.property !== property), { source, object: 'contact', property }];
}

export function withoutProperty(rows: readonly FieldMappingRow[], property: string): FieldMappingRow[] {
  return rows.filter((row) => row.property !== property);
}

/** How many properties are filled otherwise than before. The order of rows means nothing. */
export function changesBetween(before: readonly FieldMappingRow[], after: readonly FieldMappingRow[]): number {
  const sourceBefore = new Map(before.map(({ property, source }) => [property, source]));
  const sourceAfter = new Map(after.map(({ property, source }) => [property, source]));
  const names = new Set([...sourceBefore.keys(), ...sourceAfter.keys()]);
  return [...names].filter((name) => sourceBefore.get(name) !== sourceAfter.get(name)).length;
}

/** Those whose label, name or group contains every word; the ones that can be written first. */
export function findProperties(properties: readonly Property[], text: string): Property[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = properties.filter(({ label, name, group }) => {
    const all = `${label} ${name} ${group}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
  return found.toSorted((a, b) => Number(b.mappable) - Number(a.mappable) || a.label.localeCompare(b.label));
}

/** A contact as somebody typed it: its id, its email address, or neither yet. */
export function readContact(text: string): { contact_id: string } | { email: string } | null {
  const typed = text.trim();
  if (/^\d{1,19}$/.test(typed)) return { contact_id: typed };
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed) ? { email: typed } : null;
}
