/** Property groups: the boxes properties are shown in. A group with live properties cannot be archived. */
import * as z from 'zod';
import { apiError, validationError } from '../http/api-error.ts';
import { created, noContent, ok, type PortalCall, type PortalRoute, type Reply } from '../http/call.ts';
import { parseBody } from '../http/parse.ts';
import type { ObjectTable, PropertyGroup } from '../state/crm.ts';
import { tableOf } from '../state/lookups.ts';
import { schemaReadScope, schemaWriteScope } from './properties.ts';
import { typeOf } from './targets.ts';

const groupSchema = z.object({
  name: z.string().min(1).max(100),
  label: z.string().min(1),
  displayOrder: z.int().default(-1),
});

const tableOfCall = (call: PortalCall): ObjectTable => tableOf(call.portal, typeOf(call).id);

function groupOf(call: PortalCall): PropertyGroup {
  const name = call.params['name'] ?? '';
  const group = tableOfCall(call).groups.get(name);
  if (group !== undefined && !group.archived) return group;
  throw apiError(404, { message: `Property group "${name}" does not exist`, category: 'OBJECT_NOT_FOUND' });
}

function create(call: PortalCall): Reply {
  const table = tableOfCall(call);
  const input = parseBody(groupSchema, call.body);
  const existing = table.groups.get(input.name);
  if (existing !== undefined && !existing.archived) {
    throw apiError(409, {
      message: `A property group named '${input.name}' already exists.`,
      category: 'OBJECT_ALREADY_EXISTS',
      subCategory: 'Properties.GROUP_WITH_NAME_EXISTS',
    });
  }
  const group: PropertyGroup = { ...input, archived: false };
  table.groups.set(group.name, group);
  return created(group, `/crm/properties/${call.version}/${call.params['objectType']}/groups/${group.name}`);
}

function change(call: PortalCall): Reply {
  const group = groupOf(call);
  const input = parseBody(
    z.object({ label: z.string().min(1).optional(), displayOrder: z.int().optional() }),
    call.body,
  );
  group.label = input.label ?? group.label;
  group.displayOrder = input.displayOrder ?? group.displayOrder;
  return ok(group);
}

function archive(call: PortalCall): Reply {
  const group = groupOf(call);
  const properties = [...tableOfCall(call).properties.values()];
  if (properties.some(({ groupName, archived }) => groupName === group.name && !archived)) {
    throw validationError(`Group "${group.name}" has active properties`, {
      subCategory: 'PropertyGroupError.GROUP_WITH_ACTIVE_PROPERTIES',
    });
  }
  group.archived = true;
  return noContent;
}

const base = '/crm/properties/:objectType/groups';

export const propertyGroupRoutes: PortalRoute[] = [
  {
    method: 'get',
    path: base,
    scopes: schemaReadScope,
    run: (call) => ok({ results: [...tableOfCall(call).groups.values()].filter(({ archived }) => !archived) }),
  },
  { method: 'post', path: base, scopes: schemaWriteScope, run: create },
  { method: 'get', path: `${base}/:name`, scopes: schemaReadScope, run: (call) => ok(groupOf(call)) },
  { method: 'patch', path: `${base}/:name`, scopes: schemaWriteScope, run: change },
  { method: 'delete', path: `${base}/:name`, scopes: schemaWriteScope, run: archive },
];
