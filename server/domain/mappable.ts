// Which property of a portal a person may choose in the field mapping, for what, and why not. Pure.
import { checkFieldMapping, mappingSources, type MappingSource, type PropertyFacts } from './field-mapping.ts';

export interface Mappable {
  mappable: boolean;
  /** Why nothing can be mapped to it; null when something can. */
  reason: string | null;
  sources: MappingSource[];
}

/** Of a contact property. */
export function mappableFor(property: PropertyFacts): Mappable {
  let reason: string | null = null;
  const sources: MappingSource[] = [];
  for (const source of mappingSources) {
    const [problem] = checkFieldMapping([{ source, object: 'contact', property: property.name }], [property]);
    if (problem) reason ??= problem.reason;
    else sources.push(source);
  }
  return sources.length > 0 ? { mappable: true, reason: null, sources } : { mappable: false, reason, sources };
}
