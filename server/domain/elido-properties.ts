// The property group and properties that the app keeps in every portal (product A4). Names never change.

export const elidoGroup = { name: 'elido', label: 'Elido' } as const;

export interface ElidoProperty {
  object: 'contacts' | 'deals';
  name: string;
  label: string;
  type: 'string' | 'number';
  fieldType: 'text' | 'number';
  description: string;
}

export const clickCounter = 'elido_recent_link_clicks';

export const elidoProperties: readonly ElidoProperty[] = [
  lastTouch('elido_last_utm_source', 'Elido: last UTM source'),
  lastTouch('elido_last_utm_campaign', 'Elido: last UTM campaign'),
  lastTouch('elido_last_utm_medium', 'Elido: last UTM medium'),
  counter('contacts', 'Human link clicks of this contact in the recent past.'),
  counter('deals', 'Human link clicks by contacts of this deal in the recent past.'),
];

function lastTouch(name: string, label: string): ElidoProperty {
  const description = 'Written by Elido at every link click that carries UTM values.';
  return { object: 'contacts', name, label, type: 'string', fieldType: 'text', description };
}

function counter(object: 'contacts' | 'deals', description: string): ElidoProperty {
  return {
    object,
    name: clickCounter,
    label: 'Elido: recent link clicks',
    type: 'number',
    fieldType: 'number',
    description,
  };
}
