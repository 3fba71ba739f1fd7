/** Rules an admin set up for records. HubSpot enforces them on 2026-09 paths; v3 and 2026-03 let everything through. */
import { apiError } from '../http/api-error.ts';
import type { ApiVersion } from '../http/api-paths.ts';
import type { CrmRecord, ObjectTypeId } from '../state/crm.ts';
import type { Portal } from '../state/portal.ts';
import type { Values } from './validate-values.ts';

export function enforceWriteRules(
  portal: Portal,
  write: { typeId: ObjectTypeId; record: CrmRecord | null; values: Values; version: ApiVersion },
): void {
  if (!write.version.startsWith('2026-09') || portal.writeRules.length === 0) return;
  const after = { ...write.record?.values, ...write.values };
  const broken = portal.writeRules.filter(({ objectTypeId, property, when }) => {
    if (objectTypeId !== write.typeId || (after[property] ?? '') !== '') return false;
    if (when === null) return write.record === null;
    return write.values[when.property] === when.value;
  });
  if (broken.length === 0) return;
  throw apiError(400, {
    message: `Required properties are missing: ${broken.map(({ property }) => property).join(', ')}`,
    errors: broken.map(({ property, when }) => ({
      message: `Property "${property}" is required`,
      code: when === null ? 'MISSING_REQUIRED_PROPERTY' : 'MISSING_CONDITIONAL_REQUIRED_PROPERTY',
      context: { propertyName: [property] },
    })),
    category: 'VALIDATION_ERROR',
  });
}
