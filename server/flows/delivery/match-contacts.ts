// Who clicked: our own records first (two questions to the store for the whole batch), then HubSpot (batch reads).
import { matchKeysOf, parseEid } from '../../domain/identity.ts';
import { matchContact, waitOrClose, type Match } from '../../domain/matching.ts';
import { askAgainForContact, closed, waitingUntil } from '../../domain/outcome.ts';
import { readContactsByEmail, readContactsById } from '../../hubspot/contacts.ts';
import type { CrmRecord } from '../../hubspot/records.ts';
import { groupBy } from '../../lib/chunk.ts';
import type { AliasKey } from '../../store/contact-aliases.ts';
import type { FormSubmission } from '../../store/form-submissions.ts';
import type { Context } from '../context.ts';
import type { Admitted } from './admit.ts';
import type { Matched, Outcomes } from './batch.ts';
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
  const aliases = await context.store.contactAliases.resolve(
    admitted.flatMap(({ delivery }) => aliasKeyOf(delivery) ?? []),
  );
  const submissions = await submissionsFor(context, admitted);
  const holdMs = context.config.holdUnmatchedHours * 3600_000;
  const now = context.now();
  const candidates = admitted.map((row) => {
    const key = aliasKeyOf(row.delivery);
    const aliasedTo = key ? aliases.get(context.store.contactAliases.aliasKey(key)) : undefined;
    const known = submissions.get(row.delivery.workspaceId) ?? [];
    return { ...row, match: matchContact(row.delivery, { aliasedTo, submissions: known, holdMs, now }) };
  });
  const contacts = await readContacts(
    session,
    candidates.map(({ match }) => match),
  );

  const matched: Matched[] = [];
  for (const { delivery, connection, match } of candidates) {
    const contact = contacts.of(match);
    if (contact) {
      matched.push({
        delivery,
        connection,
        contactId: contact.id,
        contactName: nameOf(contact),
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
      case 'email': {
        const matchKeys = matchKeysOf(delivery.click);
        const wait = waitOrClose({ matchKeys, receivedAt: delivery.receivedAt.getTime(), holdMs, now });
        if (wait.kind === 'wait') {
          outcomes.decide(delivery, { ...askAgainForContact(delivery, { now, until: wait.until }), matchKeys });
        } else outcomes.decide(delivery, closed(delivery, 'no_matching_contact'));
      }
    }
  }
  await followMerges(context, session.portalId, contacts.merged);
  return matched;
}

function aliasKeyOf({ click, workspaceId, portalId }: Admitted['delivery']): AliasKey | null {
  if (click.eid === null || portalId === null || parseEid(click.eid).kind !== 'elido') return null;
  return { workspaceId, elidoContactId: click.eid, portalId };
}

/** The submissions that share a key with a click of the batch, by workspace, newest first. */
async function submissionsFor({ store }: Context, admitted: Admitted[]): Promise<Map<string, FormSubmission[]>> {
  const found = new Map<string, FormSubmission[]>();
  for (const [workspaceId, rows] of groupBy(admitted, ({ delivery }) => delivery.workspaceId)) {
    const keys = [...new Set(rows.flatMap(({ delivery }) => matchKeysOf(delivery.click)))];
    if (keys.length > 0) found.set(workspaceId, await store.formSubmissions.listByKeys({ workspaceId, keys }));
  }
  return found;
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

function nameOf({ id, properties }: CrmRecord): string {
  const name = [properties.firstname, properties.lastname].filter(Boolean).join(' ').trim();
  return name || `Contact ${id}`;
}

function createdAtOf({ properties }: CrmRecord): number | null {
  const at = Date.parse(properties.createdate ?? '');
  return Number.isNaN(at) ? null : at;
}
