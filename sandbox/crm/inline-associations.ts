/** Associations given with a new record, e.g. a note written straight onto a contact and its deal. Checked before anything is created. */
import * as z from 'zod';
import { validationError } from '../http/api-error.ts';
import type { CrmRecord, ObjectTypeId } from '../state/crm.ts';
import { findRecord, tableOf } from '../state/lookups.ts';
import { objectTypes } from '../state/object-types.ts';
import type { Portal } from '../state/portal.ts';
import { associate, type End } from './association-table.ts';
import { associationTypes } from './association-types.ts';

export const inlineAssociationsSchema = z
  .array(
    z.object({
      to: z.object({ id: z.union([z.string(), z.number()]).transform(String) }),
      types: z.array(z.object({ associationCategory: z.string(), associationTypeId: z.int() })).min(1),
    }),
  )
  .optional();

export type InlineAssociations = z.infer<typeof inlineAssociationsSchema>;

type Planned = { to: End; typeId: number };

/** The type id says which object type the other record has. */
export function planAssociations(portal: Portal, from: ObjectTypeId, asked: InlineAssociations): Planned[] {
  return (asked ?? []).flatMap(({ to, types }) =>
    types.map(({ associationTypeId }) => {
      const target = objectTypes.find(({ id }) =>
        associationTypes(from, id).some(({ typeId }) => typeId === associationTypeId),
      );
      if (target === undefined)
        throw validationError(`Association type ${associationTypeId} is not valid for object type ${from}`);
      const record = findRecord(tableOf(portal, target.id), to.id);
      if (record === undefined || record.archived)
        throw validationError(`Cannot associate with ${target.singular} ${to.id}: it does not exist`);
      return { to: { typeId: target.id, id: record.id }, typeId: associationTypeId };
    }),
  );
}

export function linkPlanned(portal: Portal, record: CrmRecord, planned: readonly Planned[]): void {
  for (const { to, typeId } of planned) associate(portal, record, to, typeId);
}
