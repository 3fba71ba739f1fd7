// What a field mapping would change on a real contact: the values in HubSpot now beside those that would be written. Writes nothing.
import type { z } from 'zod';
import type { fieldMappingTrySchema } from '../../contract/portal-metadata.ts';
import { emptyLedger, type Touch, type TouchLedger } from '../../domain/attribution.ts';
import type { Conversion } from '../../domain/conversion.ts';
import {
  checkFieldMapping,
  clickSources,
  mapMoment,
  mapMoney,
  mapTouch,
  utmSources,
  type FieldMappingRow,
  type PropertyFacts,
} from '../../domain/field-mapping.ts';
import { fitValues } from '../../domain/property-values.ts';
import { CodedError } from '../../errors.ts';
import { readContactsByEmail, readContactsById } from '../../hubspot/contacts.ts';
import type { CrmRecord } from '../../hubspot/records.ts';
import { askPortal } from '../ask-portal.ts';
import type { Context } from '../context.ts';
import { findActiveConnection } from '../rules/find-connection.ts';
import { readMetadata } from './portal-metadata.ts';

export type FieldMappingTry = z.infer<typeof fieldMappingTrySchema>;

export interface TryFieldMapping {
  workspaceId: string;
  connectionId: string;
  /** One of them. */
  contactId?: string | undefined;
  email?: string | undefined;
  /** Left out: the mapping as it is. */
  rows?: readonly FieldMappingRow[] | undefined;
}

export async function tryFieldMapping(context: Context, asked: TryFieldMapping): Promise<FieldMappingTry> {
  const connection = await findActiveConnection(context, asked);
  const rows = asked.rows ?? connection.mapping;
  const { portalId } = connection;
  const { value: definitions } = await readMetadata(context, { portalId, kind: 'contacts' });
  const properties = new Map(definitions.map((one) => [one.name, one]));
  const contact = await readContact(context, { portalId, asked, rows });
  const own = await valuesOf(context, { portalId, connectionId: connection._id, contactId: contact.id });
  const basis = own ? 'own' : 'sample';
  const problems = new Map(checkFieldMapping(rows, definitions).map(({ row, reason }) => [row, reason]));
  return {
    contact: { id: contact.id, name: nameOf(contact) },
    basis,
    rows: rows.map((row, index) => {
      const facts = properties.get(row.property);
      const problem = problems.get(index) ?? null;
      const before = contact.properties[row.property] || null;
      const tried =
        problem === null ? valueOf(row, own ?? sampleAt(context.now()), properties) : { after: null, problem };
      return {
        source: row.source,
        property: row.property,
        label: facts?.label ?? null,
        type: facts?.type ?? null,
        before,
        ...tried,
        changes: tried.after !== null && tried.after !== (before ?? ''),
      };
    }),
  };
}

interface Values {
  ledger: TouchLedger;
  conversion: Conversion | null;
}

function valueOf(
  row: FieldMappingRow,
  { ledger, conversion }: Values,
  properties: ReadonlyMap<string, PropertyFacts>,
): { after: string | null; problem: string | null } {
  const { property } = row;
  const mapped = {
    ...(ledger.last ? mapTouch([row], ledger.last, utmSources) : {}),
    ...(ledger.lastClick ? mapTouch([row], ledger.lastClick, clickSources) : {}),
    ...(conversion ? { ...mapMoney([row], conversion), ...mapMoment([row], conversion) } : {}),
  };
  const fitted = fitValues(mapped, properties);
  return { after: fitted.properties[property] ?? null, problem: fitted.notes[0] ?? null };
}

async function readContact(
  context: Context,
  { portalId, asked, rows }: { portalId: number; asked: TryFieldMapping; rows: readonly FieldMappingRow[] },
): Promise<CrmRecord> {
  const api = askPortal(context, portalId);
  const properties = ['firstname', 'lastname', ...new Set(rows.map(({ property }) => property))];
  const { contactId, email } = asked;
  const { found } =
    contactId === undefined
      ? await readContactsByEmail(api, { emails: email === undefined ? [] : [email], properties })
      : await readContactsById(api, { ids: [contactId], properties });
  const [contact] = found.values();
  if (contact) return contact;
  throw new CodedError('hubspot_not_found', 'This HubSpot account has no such contact. Try another one.', {
    field: contactId === undefined ? 'email' : 'contact_id',
  });
}

/** Null when the contact has neither clicked nor converted. */
async function valuesOf(
  { store }: Context,
  { portalId, connectionId, contactId }: { portalId: number; connectionId: string; contactId: string },
): Promise<Values | null> {
  const ledgers = await store.touches.findMany({ portalId, contactIds: [contactId] });
  const ledger = ledgers.get(contactId);
  const [latest] = await store.deliveries.conversionsOf({
    portalId,
    connectionIds: [connectionId],
    contactId,
    limit: 1,
  });
  if (!ledger && !latest) return null;
  return { ledger: ledger ?? emptyLedger, conversion: latest?.conversion ?? null };
}

/** Shown where there is nothing real yet. */
function sampleAt(now: number): Values {
  const touch: Touch = {
    clickId: 'clk_sample',
    at: now,
    slug: 'sample-link',
    utm: { source: 'newsletter', medium: 'email', campaign: 'sample-campaign', content: 'button', term: 'pricing' },
  };
  return {
    ledger: { ...emptyLedger, last: touch, lastClick: touch },
    conversion: {
      conversionId: 'cnv_sample',
      workspaceId: '',
      digest: '',
      name: 'Demo booked',
      value: 99,
      currency: 'EUR',
      utm: touch.utm,
      clickId: touch.clickId,
      link: null,
      email: null,
      hsContactId: null,
      at: now,
      receivedAt: now,
    },
  };
}

function nameOf({ properties }: CrmRecord): string | null {
  return [properties.firstname, properties.lastname].filter(Boolean).join(' ').trim() || null;
}
