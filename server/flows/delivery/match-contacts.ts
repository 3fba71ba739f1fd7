// Who clicked: our own records first (two questions to the store for the whole batch), then HubSpot (batch reads).
import { matchKeysOf } from '../../domain/identity.ts';
import { askAgainOrClose, matchContact, type Match } from '../../domain/matching.ts';
import { askAgainForContact, closed, waitingUntil } from '../../domain/outcome.ts';
import { readContactsByEmail, readContactsById } from '../../hubspot/contacts.ts';
import type { CrmRecord } from '../../hubspot/records.ts';
import type { Context } from '../context.ts';
import type { Admitted } from './admit.ts';
import type { Matched, Outcomes } from './batch.ts';
import { knownIdentities } from './known-identities.ts';
import { repointContact } from './repoint-contact.ts';
import type { PortalSession } from './session.ts';

const contactProperties = ['firstname', 'lastname', 'createdate'];

interface Batch {
  admitted: Admitted[];
  outcomes: Outcomes;
}

export async function matchContacts(
  context: Context,
  session: PortalSession,
  { admitted, outcomes }: Batch,
): Promise<Matched[]> {
  const deliveries = admitted.map(({ delivery }) => delivery);
  const known = await knownIdentities(context, deliveries);
  const holdMs = context.config.holdUnmatchedHours * 3600_000;
  const now = context.now();
  const candidates = admitted.map((row) => {
    const knowledge = known(row.delivery);
    return { ...row, click: knowledge.click, match: matchContact(row.delivery, { ...knowledge, holdMs, now }) };
  });
  const contacts = await readContacts(
    session,
    candidates.map(({ match }) => match),
  );

  const matched: Matched[] = [];
  for (const { delivery, connection, click, match } of candidates) {
    const contact = contacts.of(match);
    if (contact) {
      matched.push({
        delivery,
        connection,
        contactId: contact.id,
        contactName: nameOf(contact) || `Contact ${contact.id}`,
        contactNamed: nameOf(contact) !== '',
        contactCreatedAt: createdAtOf(contact),
      });
      continue;
    }
    switch (match.kind) {
      case 'skip':
        outcomes.decide(delivery, closed(delivery, match.reason));
        break;
      case 'wait':
        outcomes.decide(delivery, { ...waitingUntil(delivery, match.until), matchKeys: match.matchKeys });
        break;
      case 'id':
        outcomes.decide(delivery, closed(delivery, delivery.sends.length > 0 ? 'hubspot_not_found' : 'eid_unknown'));
        break;
      case 'ask_again':
        outcomes.decide(delivery, askAgainForContact(delivery, { now, until: match.until }));
        break;
      case 'email': {
        const again = askAgainOrClose({ receivedAt: delivery.receivedAt.getTime(), holdMs, now });
        if (again.kind === 'skip') outcomes.decide(delivery, closed(delivery, again.reason));
        else if (again.kind === 'ask_again') {
          const matchKeys = click ? matchKeysOf(click) : [];
          outcomes.decide(delivery, { ...askAgainForContact(delivery, { now, until: again.until }), matchKeys });
        }
      }
    }
  }
  await followMerges(context, session.portalId, contacts.merged);
  return matched;
}

async function readContacts({ api }: PortalSession, matches: Match[]) {
  const ids = new Set(matches.flatMap((match) => (match.kind === 'id' ? [match.contactId] : [])));
  const emails = new Set(matches.flatMap((match) => (match.kind === 'email' ? [match.email] : [])));
  const byId = await readContactsById(api, { ids: [...ids], properties: contactProperties });
  const byEmail = await readContactsByEmail(api, { emails: [...emails], properties: contactProperties });
  return {
    of(match: Match): CrmRecord | undefined {
      if (match.kind === 'id') return byId.found.get(match.contactId);
      return match.kind === 'email' ? byEmail.found.get(match.email) : undefined;
    },
    /** Asked-for id -> id of the record that answers for it since a merge. */
    merged: new Map(
      [...byId.found].filter(([asked, record]) => asked !== record.id).map(([asked, record]) => [asked, record.id]),
    ),
  };
}

async function followMerges(context: Context, portalId: number, merged: Map<string, string>): Promise<void> {
  for (const [from, to] of merged) await repointContact(context, { portalId, from, to });
}

function nameOf({ properties }: CrmRecord): string {
  return [properties.firstname, properties.lastname].filter(Boolean).join(' ').trim();
}

function createdAtOf({ properties }: CrmRecord): number | null {
  const at = Date.parse(properties.createdate ?? '');
  return Number.isNaN(at) ? null : at;
}
