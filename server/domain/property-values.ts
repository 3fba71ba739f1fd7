// Brings mapped values into the form the property of the portal wants, and says why when one cannot go there. Pure.
import type { PropertyFacts, PropertyOption } from './field-mapping.ts';

export interface FittedValues {
  properties: Record<string, string>;
  /** One sentence for each value that was left out; no values in them. */
  notes: string[];
}

type Fitted = { value: string } | { note: string };

/** What fits goes on; what does not is left out, so that one value never costs the others. Empty values clear, whatever the type. */
export function fitValues(
  values: Readonly<Record<string, string>>,
  properties: ReadonlyMap<string, PropertyFacts>,
): FittedValues {
  const fitted: FittedValues = { properties: {}, notes: [] };
  for (const [name, value] of Object.entries(values)) {
    const result = fitValue(value, properties.get(name), name);
    if ('note' in result) fitted.notes.push(result.note);
    else fitted.properties[name] = result.value;
  }
  return fitted;
}

function fitValue(value: string, facts: PropertyFacts | undefined, name: string): Fitted {
  const leftOut = (why: string): Fitted => ({ note: `${name} was left as it is: ${why}.` });
  if (!facts) return leftOut('the portal no longer has this property');
  if (facts.readOnly) return leftOut('it is read-only now');
  if (value === '') return { value };
  switch (facts.type) {
    case 'enumeration':
      return fitOption(value, facts.options ?? []) ?? leftOut('the value is none of its options');
    case 'number':
      return Number.isFinite(Number(value)) ? { value } : leftOut('the value is not a number');
    case 'date':
      return isMoment(value) ? { value: value.slice(0, 10) } : leftOut('the value is not a date');
    case 'datetime':
      return isMoment(value) ? { value } : leftOut('the value is not a time');
    case 'string':
      return { value };
    default:
      return leftOut(`it is of type ${facts.type} now`);
  }
}

/** Our values are lower case, options are as people wrote them: `newsletter` is the option `Newsletter`, by value or label. */
function fitOption(value: string, options: readonly PropertyOption[]): Fitted | null {
  const wanted = value.toLowerCase();
  const option =
    options.find((one) => one.value === value) ??
    options.find((one) => one.value.toLowerCase() === wanted) ??
    options.find((one) => one.label.toLowerCase() === wanted);
  return option ? { value: option.value } : null;
}

/** Moments of ours are ISO 8601 in UTC, of which the date is the first ten characters: HubSpot's dates are midnight UTC. */
function isMoment(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T/.test(value) && !Number.isNaN(Date.parse(value));
}
