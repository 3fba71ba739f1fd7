// May we read contacts and deals, move deals, and are the properties there that we write? Five calls, all of them reads.
import { failed, ok, unknown, worstOf, type Check, type CheckId } from '../../domain/checkup.ts';
import { elidoProperties } from '../../domain/elido-properties.ts';
import { checkFieldMapping } from '../../domain/field-mapping.ts';
import { isCoded, toCoded } from '../../errors.ts';
import { readContactsById } from '../../hubspot/contacts.ts';
import { readDeals } from '../../hubspot/deals.ts';
import type { PortalApi } from '../../hubspot/client.ts';
import { listDealPipelines } from '../../hubspot/pipelines.ts';
import { listProperties, type PropertyDefinition } from '../../hubspot/properties.ts';
import type { Connection } from '../../store/connections.ts';
import type { Context } from '../context.ts';
import { askPortal } from '../ask-portal.ts';
import type { Access } from './check-access.ts';

export interface RecordChecks {
  portalId: number;
  access: Access;
  connections: readonly Connection[];
}

const ids: readonly CheckId[] = ['contacts', 'deals', 'deal_moves', 'properties', 'field_mapping'];
const reconnect = 'Reconnect as a super admin and accept all scopes.';

export async function checkRecords(
  context: Context,
  { portalId, access, connections }: RecordChecks,
): Promise<Check[]> {
  if (!access.usable) return ids.map((id) => unknown(id, 'Not asked: there is no token that HubSpot accepts.'));
  const api = askPortal(context, portalId);
  return [
    await asked('contacts', () => readable(api, 'contacts')),
    await asked('deals', () => readable(api, 'deals')),
    await asked('deal_moves', () => movable(api, access, connections)),
    ...(await writable(api, connections)),
  ];
}

/** A refusal is a failure; no answer is no knowledge. */
async function asked(id: CheckId, ask: () => Promise<Check>): Promise<Check> {
  try {
    return await ask();
  } catch (error) {
    const { message } = toCoded(error);
    if (isCoded(error, 'hubspot_insufficient_permissions'))
      return failed(id, `Insufficient permissions. ${message}`, reconnect);
    return unknown(id, `Could not be asked. ${message}`, 'Ask again in a minute.');
  }
}

/** Asks for an id that no record has: the right to ask is what counts. */
async function readable(api: PortalApi, object: 'contacts' | 'deals'): Promise<Check> {
  const read = object === 'contacts' ? readContactsById : readDeals;
  await read(api, { ids: ['1'], properties: ['createdate'] });
  return ok(object, `${object === 'contacts' ? 'Contacts' : 'Deals'} can be read.`);
}

async function movable(api: PortalApi, { scopes }: Access, connections: readonly Connection[]): Promise<Check> {
  const pipelines = await listDealPipelines(api);
  if (!scopes.includes('crm.objects.deals.write'))
    return failed('deal_moves', 'Deals cannot be moved: crm.objects.deals.write is not granted.', reconnect);
  const lost = connections.flatMap(({ conversionStage: choice }) => {
    const stages = pipelines.find(({ id }) => id === choice?.pipeline)?.stages;
    return choice && !stages?.some(({ id }) => id === choice.stage) ? [choice] : [];
  });
  const [first] = lost;
  if (first) {
    const words = `Conversions are to move deals to stage ${first.stage} of pipeline ${first.pipeline}, which is not there.`;
    return failed('deal_moves', words, 'Choose another stage for the connection.');
  }
  return ok(
    'deal_moves',
    `Deals can be moved; ${pipelines.length} ${pipelines.length === 1 ? 'pipeline' : 'pipelines'}.`,
  );
}

async function writable(api: PortalApi, connections: readonly Connection[]): Promise<Check[]> {
  const known: Partial<Record<'contacts' | 'deals', PropertyDefinition[]>> = {};
  const properties = await asked('properties', async () => {
    known.contacts = await listProperties(api, 'contacts');
    known.deals = await listProperties(api, 'deals');
    const findings = elidoProperties.map(({ object, name, type }) =>
      propertyCheck({ object, name, type, found: known[object]?.find((one) => one.name === name) }),
    );
    const worst = worstOf('properties', findings);
    return worst.state === 'ok' ? ok('properties', `All ${findings.length} Elido properties can be written.`) : worst;
  });
  return [properties, mappingCheck(known.contacts, connections)];
}

interface PropertyCheck {
  object: string;
  name: string;
  type: string;
  found: PropertyDefinition | undefined;
}

function propertyCheck({ object, name, type, found }: PropertyCheck): Check {
  if (!found || found.archived) {
    const words = `${name} of ${object} is missing.`;
    return failed('properties', words, 'It is created again with the next event. Or reconnect, which creates it now.');
  }
  const remedy = 'Rename or delete it in HubSpot, then reconnect.';
  if (found.type !== type)
    return failed('properties', `${name} of ${object} is of type ${found.type} instead of ${type}.`, remedy);
  if (found.calculated || found.modificationMetadata.readOnlyValue)
    return failed('properties', `${name} of ${object} is read-only.`, remedy);
  return ok('properties', `${name} of ${object} can be written.`);
}

function mappingCheck(definitions: PropertyDefinition[] | undefined, connections: readonly Connection[]): Check {
  if (!definitions) return unknown('field_mapping', 'Not checked: the properties could not be asked.');
  const facts = definitions.map(({ name, type, calculated, modificationMetadata, options }) => ({
    name,
    type,
    readOnly: calculated || modificationMetadata.readOnlyValue,
    options,
  }));
  const problems = connections.flatMap(({ mapping }) => checkFieldMapping(mapping, facts));
  if (problems.length > 0)
    return failed(
      'field_mapping',
      problems.map(({ reason }) => reason).join(' '),
      'Correct the field mapping (PUT /v1/connections/{id}/field-mapping), then replay what died.',
    );
  const rows = connections.reduce((sum, { mapping }) => sum + mapping.length, 0);
  return ok('field_mapping', `All ${rows} rows can be written.`);
}
