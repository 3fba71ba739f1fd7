/** Owners: the people records can be assigned to. Needs a scope of its own. */
import { resourceNotFound } from '../http/api-error.ts';
import { ok, type PortalCall, type PortalRoute, type Reply, type ScopeRule } from '../http/call.ts';
import type { Owner } from '../state/crm.ts';
import { integerParameter } from './targets.ts';

const scopes = (): ScopeRule => ({ anyOf: ['crm.objects.owners.read'], shape: 'objects' });

function presentOwner({ createdAt, ...owner }: Owner) {
  const moment = new Date(createdAt).toISOString();
  return { ...owner, type: 'PERSON', createdAt: moment, updatedAt: moment, teams: [] };
}

function list(call: PortalCall): Reply {
  const archived = call.query.get('archived') === 'true';
  const email = call.query.get('email');
  const limit = integerParameter(call, 'limit', { fallback: 100, max: 500 });
  const after = Number(call.query.get('after') ?? 0);
  const owners = call.portal.owners
    .filter((owner) => owner.archived === archived && (email === null || owner.email === email))
    .filter(({ id }) => Number(id) > after)
    .toSorted((a, b) => Number(a.id) - Number(b.id));
  const results = owners.slice(0, limit).map(presentOwner);
  return ok(owners.length > limit ? { results, paging: { next: { after: results.at(-1)?.id } } } : { results });
}

export const ownerRoutes: PortalRoute[] = [
  { method: 'get', path: '/crm/owners', scopes, run: list },
  {
    method: 'get',
    path: '/crm/owners/:ownerId',
    scopes,
    run: ({ portal, params }) => {
      const owner = portal.owners.find(({ id }) => id === params['ownerId']);
      if (owner === undefined) throw resourceNotFound();
      return ok(presentOwner(owner));
    },
  },
];
