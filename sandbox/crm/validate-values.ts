/** Decides whether a set of values may be written to a record. One bad property refuses them all, as HubSpot does. */
import * as z from 'zod';
import { apiError, type ApiError } from '../http/api-error.ts';
import type { CrmRecord, ObjectTypeId, PropertyDefinition } from '../state/crm.ts';
import { tableOf } from '../state/lookups.ts';
import type { Portal } from '../state/portal.ts';
import { normalizeValue, type ValueIssue } from './normalize-value.ts';

export type Values = Record<string, string>;

/** Values on the wire are strings; numbers and booleans are taken and stored as strings. */
export const valuesSchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean()]).transform((value) => String(value)),
);

type NamedIssue = ValueIssue & { name: string };

function invalidValues(issues: NamedIssue[]): ApiError {
  const listed = issues.map(({ message, error, name }) => ({ isValid: false, message, error, name }));
  return apiError(400, {
    message: `Property values were not valid: ${JSON.stringify(listed)}`,
    errors: issues.map(({ message, error, name }) => ({ message, code: error, context: { propertyName: [name] } })),
    category: 'VALIDATION_ERROR',
  });
}

/** Options that are not in the definition: pipelines, stages and owners of the account. */
function externalOptions(portal: Portal, typeId: ObjectTypeId, name: string): string[] | null {
  const pipelines = portal.pipelines.get(typeId) ?? [];
  if (name === 'pipeline') return pipelines.map(({ id }) => id);
  if (name === 'dealstage') return pipelines.flatMap(({ stages }) => stages.map(({ id }) => id));
  if (name === 'hubspot_owner_id') return portal.owners.filter(({ archived }) => !archived).map(({ id }) => id);
  return null;
}

function readOnly(definition: PropertyDefinition): ValueIssue | null {
  if (!definition.readOnlyValue) return null;
  const kind = definition.calculated ? 'calculated' : 'read only';
  return {
    error: 'READ_ONLY_VALUE',
    message: `"${definition.name}" is a ${kind} property; its value cannot be set.`,
  };
}

/** A stage belongs to one pipeline: a deal cannot stand on a stage of another one. */
function stageIssue(portal: Portal, values: Values, record: CrmRecord | null): NamedIssue | null {
  const stage = values['dealstage'];
  if (stage === undefined || stage === '') return null;
  const pipelineId = values['pipeline'] ?? record?.values['pipeline'];
  if (pipelineId === undefined) return null;
  const stages = portal.pipelines.get('0-3')?.find(({ id }) => id === pipelineId)?.stages ?? [];
  if (stages.some(({ id }) => id === stage)) return null;
  const allowed = stages.map(({ id }) => id).join(', ');
  return {
    name: 'dealstage',
    error: 'INVALID_OPTION',
    message: `${stage} was not one of the allowed options: [${allowed}]`,
  };
}

/** Returns the values in stored form, or throws the 400 that names every bad one. Seeds may set read-only values. */
export function validateValues(
  portal: Portal,
  target: { typeId: ObjectTypeId; record: CrmRecord | null; readOnlyAllowed?: boolean },
  values: Values,
): Values {
  const { properties } = tableOf(portal, target.typeId);
  const issues: NamedIssue[] = [];
  const normalized: Values = {};
  for (const [name, text] of Object.entries(values)) {
    const definition = properties.get(name);
    if (definition === undefined || definition.archived) {
      issues.push({ name, error: 'PROPERTY_DOESNT_EXIST', message: `Property "${name}" does not exist` });
      continue;
    }
    const refused = target.readOnlyAllowed === true ? null : readOnly(definition);
    if (refused !== null) {
      issues.push({ name, ...refused });
      continue;
    }
    const result =
      text === '' ? { value: '' } : normalizeValue(text, definition, externalOptions(portal, target.typeId, name));
    if ('issue' in result) issues.push({ name, ...result.issue });
    else normalized[name] = result.value;
  }
  const stage = target.typeId === '0-3' && issues.length === 0 ? stageIssue(portal, normalized, target.record) : null;
  if (stage !== null) issues.push(stage);
  if (issues.length > 0) throw invalidValues(issues);
  return normalized;
}
