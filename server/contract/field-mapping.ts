// The field mapping on the wire: which value of a click goes to which contact property.
import { z } from 'zod';
import { mappingSources } from '../domain/field-mapping.ts';

const fieldMappingRowSchema = z
  .strictObject({
    source: z.enum(mappingSources),
    object: z.literal('contact').default('contact'),
    property: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,99}$/, 'The internal name of a HubSpot property: lower-case letters, digits and _.'),
  })
  .meta({ id: 'FieldMappingRow' });

export const fieldMappingSchema = z
  .strictObject({ rows: z.array(fieldMappingRowSchema).max(50) })
  .meta({ id: 'FieldMapping' });
