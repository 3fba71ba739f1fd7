// Who is in the HubSpot account behind the console: a few people that journeys name, and eighty more for a month of clicks.
import type { SeedInput } from '../../sandbox/control/seed-schema.ts';

type PortalSeed = NonNullable<SeedInput['portals']>[number];

/** With the ids that `startTestWorld` promises. */
const named = [
  { id: '501', firstname: 'Sam', lastname: 'Sample' },
  { id: '502', firstname: 'Alex', lastname: 'Example' },
  { id: '503', firstname: 'Pat', lastname: 'Placeholder' },
  { id: '504', firstname: 'Robin', lastname: 'Specimen' },
  { id: '505', firstname: 'Kim', lastname: 'Prototype' },
];
const namedDeals = [
  { id: '701', of: '501', dealname: 'Example Ltd: annual plan', dealstage: 'appointmentscheduled' },
  { id: '702', of: '501', dealname: 'Example Ltd: pilot', dealstage: 'closedlost' },
  { id: '703', of: '502', dealname: 'Sample GmbH: renewal', dealstage: 'qualifiedtobuy' },
];

const firstNames = ['Toni', 'Luca', 'Jo', 'Charlie', 'Mika', 'Noa', 'Sascha', 'Andrea'];
const lastNames = [
  'Muster',
  'Modele',
  'Voorbeeld',
  'Ejemplo',
  'Esempio',
  'Exempel',
  'Eksempel',
  'Minta',
  'Primer',
  'Vzor',
];

/** Readers of the month: each with an open deal. */
export const readers = Array.from({ length: firstNames.length * lastNames.length }, (_, n) => ({
  contactId: String(2_001 + n),
  dealIds: [String(3_001 + n)],
  name: `${firstNames[n % firstNames.length]} ${lastNames[Math.floor(n / firstNames.length)]}`,
  deal: `${lastNames[n % lastNames.length]} ${n % 2 === 0 ? 'Group' : 'Ltd'} ${n + 1}: ${n % 3 === 0 ? 'rollout' : 'new business'}`,
}));

export const consolePortal: Partial<PortalSeed> = {
  name: 'Example SaaS',
  contacts: [
    ...named.map(({ id, ...name }) => ({ id, properties: { ...name, email: `${name.firstname}@example.com` } })),
    ...readers.map(({ contactId, name }) => {
      const [firstname = '', lastname = ''] = name.split(' ');
      return { id: contactId, properties: { firstname, lastname, email: `c${contactId}@example.com` } };
    }),
  ],
  deals: [
    ...namedDeals.map(({ id, dealname, dealstage }) => dealOf(id, dealname, dealstage)),
    ...readers.map(({ dealIds: [id = ''], deal }) => dealOf(id, deal, 'appointmentscheduled')),
  ],
  associations: [
    ...namedDeals.map(({ id, of }) => belongs(of, id)),
    ...readers.map(({ contactId, dealIds: [id = ''] }) => belongs(contactId, id)),
  ],
};

function dealOf(id: string, dealname: string, dealstage: string) {
  return { id, properties: { dealname, amount: '12000', pipeline: 'default', dealstage } };
}

function belongs(contactId: string, dealId: string) {
  return { from: { type: 'contacts' as const, id: contactId }, to: { type: 'deals' as const, id: dealId } };
}
