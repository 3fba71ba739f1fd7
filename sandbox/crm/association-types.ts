/** HubSpot's association type ids between the sandbox's object types, in both directions. */
import type { ObjectTypeId } from '../state/crm.ts';
import { objectTypeOf } from '../state/object-types.ts';

export type AssociationType = { typeId: number; label: string | null };

/** Per pair the default type first, the primary one (contact or deal to company) second. */
const types: Record<string, readonly AssociationType[]> = {
  '0-1>0-2': [
    { typeId: 279, label: null },
    { typeId: 1, label: 'Primary' },
  ],
  '0-2>0-1': [
    { typeId: 280, label: null },
    { typeId: 2, label: 'Primary' },
  ],
  '0-1>0-3': [{ typeId: 4, label: null }],
  '0-3>0-1': [{ typeId: 3, label: null }],
  '0-3>0-2': [
    { typeId: 341, label: null },
    { typeId: 5, label: 'Primary' },
  ],
  '0-2>0-3': [
    { typeId: 342, label: null },
    { typeId: 6, label: 'Primary' },
  ],
  // The ids of tasks are from memory; the reference names none.
  '0-27>0-3': [{ typeId: 216, label: null }],
  '0-3>0-27': [{ typeId: 215, label: null }],
  '0-27>0-1': [{ typeId: 204, label: null }],
  '0-1>0-27': [{ typeId: 203, label: null }],
  '0-46>0-1': [{ typeId: 202, label: null }],
  '0-1>0-46': [{ typeId: 201, label: null }],
  '0-46>0-2': [{ typeId: 190, label: null }],
  '0-2>0-46': [{ typeId: 189, label: null }],
  '0-46>0-3': [{ typeId: 214, label: null }],
  '0-3>0-46': [{ typeId: 213, label: null }],
};

export function associationTypes(from: ObjectTypeId, to: ObjectTypeId): readonly AssociationType[] {
  return types[`${from}>${to}`] ?? [];
}

/** The type seen from the other side: primary stays primary. */
export function inverseType(from: ObjectTypeId, to: ObjectTypeId, typeId: number): AssociationType | undefined {
  const position = associationTypes(from, to).findIndex((type) => type.typeId === typeId);
  return associationTypes(to, from)[position];
}

/** `contact_to_company`, as inline associations name it. */
export function associationName(from: ObjectTypeId, to: ObjectTypeId): string {
  return `${objectTypeOf(from).singular}_to_${objectTypeOf(to).singular}`;
}
