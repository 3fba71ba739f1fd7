// The HubSpot scopes that an installation needs, each with the reason people see and what fails without it.
// The same list stands in src/app/app-hsmeta.json: HubSpot refuses an authorize address that lacks a required scope.

export interface ScopeNeed {
  scope: string;
  reason: string;
  without: string;
}

const scopeNeeds: readonly ScopeNeed[] = [
  {
    scope: 'oauth',
    reason: 'Lets the app be installed and ask which account it is in.',
    without: 'The app cannot be installed.',
  },
  {
    scope: 'crm.objects.contacts.read',
    reason: 'Finds the contact who clicked. In HubSpot the right to write does not include the right to read.',
    without: 'No click can be matched to a contact.',
  },
  {
    scope: 'crm.objects.contacts.write',
    reason: 'Writes the last UTM values and the click counter to the contact.',
    without: 'Contacts keep their old UTM values and no click counter.',
  },
  {
    scope: 'crm.objects.deals.read',
    reason: 'Finds the open deals of the contact.',
    without: 'Deal timelines stay empty.',
  },
  {
    scope: 'crm.objects.deals.write',
    reason: 'Writes the click counter to the deal.',
    without: 'Deals show no click counter.',
  },
  {
    scope: 'crm.schemas.contacts.write',
    reason: 'Creates the Elido properties of contacts when the app is installed.',
    without: 'The contact properties cannot be created.',
  },
  {
    scope: 'crm.schemas.deals.write',
    reason: 'Creates the Elido property of deals when the app is installed.',
    without: 'The deal property cannot be created.',
  },
  {
    scope: 'timeline',
    reason: 'Writes the clicks to the timelines of contacts and deals.',
    without: 'No click appears on a timeline.',
  },
];

export const requiredScopeNames: readonly string[] = scopeNeeds.map(({ scope }) => scope);

/** Asked for, and left out by HubSpot where the account or the person does not give it: waits of workflows need it. */
export const optionalScopeNames: readonly string[] = ['automation'];

/** What was asked for and not granted. */
export function missingScopes(granted: readonly string[]): ScopeNeed[] {
  return scopeNeeds.filter(({ scope }) => !granted.includes(scope));
}

/** Every scope that is asked for, and whether it was granted. */
export function askedScopes(granted: readonly string[]): (ScopeNeed & { granted: boolean })[] {
  return scopeNeeds.map((need) => ({ ...need, granted: granted.includes(need.scope) }));
}
