/** Facts about the account itself: its details, and how much of the custom-property limits is used. */
import { ok, type PortalCall, type PortalRoute, type Reply } from '../http/call.ts';
import { tableOf } from '../state/lookups.ts';
import { objectTypes } from '../state/object-types.ts';
import { customProperties, schemaReadScope } from './properties.ts';

const PER_TYPE = 1000;
const OVERALL = 10_000;

function details({ portal }: PortalCall): Reply {
  return ok({
    portalId: portal.portalId,
    accountType: 'STANDARD',
    timeZone: portal.timeZone,
    companyCurrency: portal.currency,
    additionalCurrencies: [],
    utcOffset: '+00:00',
    utcOffsetMilliseconds: 0,
    uiDomain: 'app.hubspot.com',
    dataHostingLocation: 'na1',
  });
}

function propertyLimits({ portal }: PortalCall): Reply {
  const byObjectType = objectTypes.map(({ id, singular, plural }) => {
    const usage = customProperties(tableOf(portal, id)).length;
    const percentage = (usage / PER_TYPE) * 100;
    return { objectTypeId: id, singularLabel: singular, pluralLabel: plural, limit: PER_TYPE, usage, percentage };
  });
  const overallUsage = byObjectType.reduce((sum, { usage }) => sum + usage, 0);
  return ok({ overallLimit: OVERALL, overallUsage, overallPercentage: (overallUsage / OVERALL) * 100, byObjectType });
}

export const accountRoutes: PortalRoute[] = [
  {
    method: 'get',
    path: '/account-info/details',
    scopes: () => ({ anyOf: ['oauth'], shape: 'objects' }),
    run: details,
  },
  { method: 'get', path: '/crm/limits/custom-properties', scopes: schemaReadScope, run: propertyLimits },
];
