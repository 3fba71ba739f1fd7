// The contact properties of a portal as far as mapping needs to know them: type, options, and whether they can be written.
import type { PropertyFacts } from '../domain/field-mapping.ts';
import type { PortalApi } from '../hubspot/client.ts';
import { listProperties } from '../hubspot/properties.ts';

export async function readContactProperties(api: PortalApi): Promise<ReadonlyMap<string, PropertyFacts>> {
  const properties = await listProperties(api, 'contacts');
  return new Map(
    properties.map(({ name, type, options, calculated, modificationMetadata }) => {
      const readOnly = calculated || modificationMetadata.readOnlyValue;
      return [name, { name, type, readOnly, options: options.map(({ value, label }) => ({ value, label })) }];
    }),
  );
}
