// What Elido knows of a HubSpot account on the wire: its properties, its pipelines, and what a field mapping would do to a contact.
import { z } from 'zod';
import { mappingSources } from '../domain/field-mapping.ts';
import { fieldMappingSchema } from './field-mapping.ts';
import { emailText, hubspotId, timestamp } from './text.ts';

export const propertySchema = z
  .object({
    name: z.string(),
    label: z.string(),
    type: z.string().meta({ example: 'string' }),
    field_type: z.string().meta({ example: 'text' }),
    group: z.string(),
    read_only: z.boolean(),
    mappable: z.boolean(),
    reason: z.string().nullable().meta({ description: 'Why nothing can be mapped to it.' }),
    sources: z.array(z.enum(mappingSources)).meta({ description: 'What can be mapped to it.' }),
    options: z.array(z.object({ value: z.string(), label: z.string() })).meta({ description: 'At most 50.' }),
  })
  .meta({ id: 'Property' });

const freshness = { read_at: timestamp.meta({ description: 'When HubSpot was asked.' }) };
const refresh = z
  .enum(['true', 'false'])
  .default('false')
  .transform((value) => value === 'true')
  .meta({ description: 'Ask HubSpot again now.' });

export const propertiesQuerySchema = z.strictObject({
  object: z.enum(['contacts', 'deals']).default('contacts'),
  refresh,
});

export const propertiesReplySchema = z
  .object({ object: z.enum(['contacts', 'deals']), properties: z.array(propertySchema), ...freshness })
  .meta({ id: 'PropertyList' });

export const pipelineSchema = z
  .object({
    id: z.string(),
    label: z.string(),
    stages: z.array(z.object({ id: z.string(), label: z.string(), is_closed: z.boolean() })),
  })
  .meta({ id: 'Pipeline' });

export const pipelinesQuerySchema = z.strictObject({ refresh });

export const pipelinesReplySchema = z
  .object({ pipelines: z.array(pipelineSchema), ...freshness })
  .meta({ id: 'PipelineList' });

export const tryFieldMappingSchema = z
  .strictObject({
    contact_id: hubspotId.optional(),
    email: emailText.optional(),
    rows: fieldMappingSchema.shape.rows
      .optional()
      .meta({ description: 'A mapping that is not saved yet. Left out: the mapping as it is.' }),
  })
  .refine(({ contact_id, email }) => (contact_id === undefined) !== (email === undefined), {
    message: 'Send contact_id or email, one of them.',
    path: ['contact_id'],
  })
  .meta({ id: 'TryFieldMapping' });

export const fieldMappingTrySchema = z
  .object({
    contact: z.object({ id: z.string(), name: z.string().nullable() }),
    basis: z.enum(['own', 'sample']).meta({
      description: '`own`: the last touch of this contact. `sample`: it has none yet, so sample values are shown.',
    }),
    rows: z.array(
      z.object({
        source: z.enum(mappingSources),
        property: z.string(),
        label: z.string().nullable(),
        type: z.string().nullable(),
        before: z.string().nullable().meta({ description: 'The value in HubSpot now; null when it has none.' }),
        after: z.string().nullable().meta({ description: 'What would be written; null: the row writes nothing.' }),
        changes: z.boolean(),
        problem: z.string().nullable().meta({ description: 'Why the row cannot be written.' }),
      }),
    ),
  })
  .meta({ id: 'FieldMappingTry' });
