// A property of a portal in the words of the wire, with what can be mapped to it.
import type { z } from 'zod';
import type { pipelineSchema, propertySchema } from '../../contract/portal-metadata.ts';
import type { Board } from '../../domain/deals.ts';
import { mappableFor, type Mappable } from '../../domain/mappable.ts';
import type { KnownProperty } from '../../store/portal-metadata.ts';

type PropertyReply = z.infer<typeof propertySchema>;

const mostOptions = 50;
const onlyContacts: Mappable = { mappable: false, reason: 'Only contact properties can be mapped.', sources: [] };

export function propertyReply(property: KnownProperty, object: 'contacts' | 'deals'): PropertyReply {
  const { name, label, type, fieldType, group, readOnly, options = [] } = property;
  return {
    name,
    label,
    type,
    field_type: fieldType,
    group,
    read_only: readOnly,
    ...(object === 'contacts' ? mappableFor(property) : onlyContacts),
    options: options.slice(0, mostOptions).map((option) => ({ value: option.value, label: option.label })),
  };
}

export function pipelineReply({ id, label, stages }: Board): z.infer<typeof pipelineSchema> {
  return {
    id,
    label,
    stages: stages.map((stage) => ({ id: stage.id, label: stage.label, is_closed: stage.isClosed })),
  };
}
