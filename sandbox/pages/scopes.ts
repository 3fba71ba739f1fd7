// What each scope allows, in words for the consent page. A scope that is not listed is shown by its name alone.

const words: Record<string, string> = {
  oauth: 'Know which account this is',
  timeline: 'Write events to the timeline of records',
  'crm.objects.contacts.read': 'See contacts and their properties',
  'crm.objects.contacts.write': 'Create, change and delete contacts',
  'crm.objects.companies.read': 'See companies and their properties',
  'crm.objects.companies.write': 'Create, change and delete companies',
  'crm.objects.deals.read': 'See deals, their pipelines and stages',
  'crm.objects.deals.write': 'Create, change and delete deals, and move them between stages',
  'crm.objects.owners.read': 'See who owns records',
  'crm.schemas.contacts.read': 'See which properties contacts have',
  'crm.schemas.contacts.write': 'Add and change contact properties and property groups',
  'crm.schemas.companies.read': 'See which properties companies have',
  'crm.schemas.companies.write': 'Add and change company properties and property groups',
  'crm.schemas.deals.read': 'See which properties and pipelines deals have',
  'crm.schemas.deals.write': 'Add and change deal properties and property groups',
  'crm.lists.read': 'See lists and their members',
  'crm.lists.write': 'Create and change lists',
  tickets: 'See and change tickets',
  automation: 'Offer actions in workflows',
  forms: 'See forms and their submissions',
};

export function describeScope(scope: string): string | undefined {
  return words[scope];
}
