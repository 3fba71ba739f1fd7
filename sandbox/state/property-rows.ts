/** How a standard property is written down, and the rows that every object type has. */
import type { PropertyType } from './crm.ts';

export type Row = {
  name: string;
  label: string;
  type?: PropertyType;
  fieldType?: string;
  group?: string;
  readOnly?: true;
  calculated?: true;
  unique?: true;
  external?: true;
  options?: readonly (readonly [value: string, label: string])[];
};

export const common = (modified: string): Row[] => [
  { name: 'hs_object_id', label: 'Record ID', type: 'number', readOnly: true },
  { name: modified, label: 'Last Modified Date', type: 'datetime', readOnly: true },
  { name: 'hubspot_owner_id', label: 'Owner', type: 'enumeration', external: true },
  { name: 'hs_merged_object_ids', label: 'Merged Record IDs', type: 'enumeration', readOnly: true, external: true },
];
