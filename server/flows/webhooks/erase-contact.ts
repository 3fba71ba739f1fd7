// Forgets a contact of a portal everywhere (product F6): events, touches, linked ids, form submissions, merges. What stays is a shell
// of each event that counts for its link, and a receipt that names nobody. Runs under the portal's lease; safe to repeat.
import type { Delivery } from '../../domain/delivery.ts';
import { matchKeysOf } from '../../domain/identity.ts';
import type { PersonKeys } from '../../store/contact-deliveries.ts';
import type { ErasedCounts, ErasedKey } from '../../store/erasures.ts';
import type { FormSubmission } from '../../store/form-submissions.ts';
import type { Context } from '../context.ts';
import { personOf, type ContactOfPortal } from './person.ts';

const pageSize = 500;

export async function eraseContact(context: Context, contact: ContactOfPortal): Promise<void> {
  const { store, now, log } = context;
  const { portalId, contactId } = contact;
  const person = await personOf(context, contact);
  const { contactIds } = person;
  // The mark comes first: what arrives while we work is erased when it is looked at.
  await store.erasures.begin({ portalId, contactIds, now: now() });
  const counts = await eraseRecords(context, await withLinkedIds(context, person));
  await store.contactMerges.remove({ portalId, contactIds });
  await store.erasures.count({ portalId, contactId, counts });
  log.info({ portalId, ...counts }, 'a contact was erased');
}

/** Elido contact ids that were linked to the contact are ways to know it too. */
async function withLinkedIds({ store, now }: Context, person: PersonKeys): Promise<PersonKeys> {
  const aliases = await store.contactAliases.listOfContacts(person);
  const keys = aliases.map(({ workspaceId, elidoContactId }) => ({ workspaceId, key: `eid:${elidoContactId}` }));
  await store.erasures.beginKeys({ portalId: person.portalId, keys, now: now() });
  return { ...person, whoIn: aliases.map(({ workspaceId, elidoContactId }) => ({ workspaceId, who: elidoContactId })) };
}

async function eraseRecords({ store, now }: Context, person: PersonKeys): Promise<ErasedCounts> {
  const counts: ErasedCounts = { deliveries: 0, touches: 0, aliases: 0, submissions: 0 };
  let known = person;
  // A round may find an address or a click id by which the next one finds more.
  for (;;) {
    const found = await store.contactDeliveries.listOf(known, pageSize);
    const { workspaceIds } = known;
    const keys = clickKeysOf(found);
    const wanted = {
      workspaceIds,
      hsContactIds: known.contactIds,
      emails: emailsOf(known, found),
      keys: keys.filter((one) => !isOwn(one)).map(({ key }) => key),
      ownKeys: keys.filter(isOwn),
    };
    const submissions = await store.formSubmissions.listOfPerson(wanted);
    if (found.length === 0 && submissions.length === 0) break;
    known = {
      ...known,
      emails: [...new Set([...wanted.emails, ...submissions.map(({ email }) => email)])],
      ...withKeys(known, submissionKeysOf(submissions)),
    };
    // In the order of erasing: the mark of a key must be there before the last record that tells of it is gone.
    const marks = [...keys, ...submissionKeysOf(submissions)];
    await store.erasures.beginKeys({ portalId: person.portalId, keys: marks, now: now() });
    await store.formSubmissions.remove(submissions.map(({ _id }) => _id));
    await store.contactDeliveries.erase(
      found.map(({ _id }) => _id),
      'contact_erased',
    );
    counts.deliveries += found.length;
    counts.submissions += submissions.length;
  }
  const { portalId, contactIds } = person;
  counts.touches = await store.touches.removeMany({ portalId, contactIds });
  await store.ruleMoves.eraseContacts({ portalId, contactIds });
  await store.seenRecords.removeContacts({ portalId, contactIds });
  await store.actionWaits.removeContacts({ portalId, contactIds });
  counts.aliases = await store.contactAliases.removeOfContacts({ portalId, contactIds });
  return counts;
}

function emailsOf({ emails }: PersonKeys, found: readonly Delivery[]): string[] {
  const given = found.flatMap((one) => (one.kind === 'conversion' ? (one.conversion.email ?? []) : []));
  return [...new Set([...emails, ...given])];
}

function clickKeysOf(found: readonly Delivery[]): ErasedKey[] {
  return found.flatMap((one) =>
    one.kind === 'click' ? matchKeysOf(one.click).map((key) => ({ workspaceId: one.workspaceId, key })) : [],
  );
}

function submissionKeysOf(submissions: readonly FormSubmission[]): ErasedKey[] {
  return submissions.flatMap(({ workspaceId, keys }) => keys.map((key) => ({ workspaceId, key })));
}

/** An Elido contact id means somebody in its workspace only; the click id of an advertisement is one click in the world. */
function isOwn({ key }: ErasedKey): boolean {
  return key.startsWith('eid:');
}

function withKeys({ who, whoIn }: PersonKeys, keys: readonly ErasedKey[]): Pick<PersonKeys, 'who' | 'whoIn'> {
  const shared = keys.filter((one) => !isOwn(one)).map(({ key }) => valueOfKey(key));
  const own = keys.filter(isOwn).map(({ workspaceId, key }) => ({ workspaceId, who: valueOfKey(key) }));
  return { who: [...new Set([...who, ...shared])], whoIn: [...whoIn, ...own] };
}

/** `gclid:Cj0` -> `Cj0` */
function valueOfKey(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}
