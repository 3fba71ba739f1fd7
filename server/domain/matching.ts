// Which contact a click or conversion belongs to, as far as our own records tell: by id, by an email, later, or never. Pure.
import type { Click } from './click.ts';
import type { Delivery } from './delivery.ts';
import { matchKeysOf, parseEid, submissionWindowMs } from './identity.ts';
import type { ReasonCode } from './reasons.ts';

export type Match =
  | { kind: 'id'; contactId: string }
  | { kind: 'email'; email: string }
  /** Until a submission or a link comes with one of these keys, at most until `until`. */
  | { kind: 'wait'; matchKeys: string[]; until: number }
  /** Nobody will tell us: looked up again with growing pauses, at most until `until`. */
  | { kind: 'ask_again'; until: number }
  | { kind: 'skip'; reason: ReasonCode };

export interface KnownSubmission {
  email: string;
  hsContactId: string | null;
  keys: string[];
  submittedAt: Date;
}

export interface MatchKnowledge {
  /** The click itself, or the one a conversion belongs to, if we have it. */
  click?: Click | undefined;
  /** The contact an Elido contact id of that click was linked to. */
  aliasedTo: string | undefined;
  /** Newest first. */
  submissions: readonly KnownSubmission[];
  /** For a conversion: the contact its click was matched to. */
  clickedBy?: string | undefined;
  holdMs: number;
  now: number;
}

/** Strongest first: what was planned before, an id, an email, then what our own records tell. */
export function matchContact(delivery: Delivery, knowledge: MatchKnowledge): Match {
  if (delivery.contactId && delivery.sends.length > 0) return { kind: 'id', contactId: delivery.contactId };
  return delivery.kind === 'click'
    ? matchClick(delivery, delivery.click, knowledge)
    : matchConversion(delivery, knowledge);
}

type Recipient = Pick<Delivery, 'portalId' | 'audience' | 'receivedAt'>;

/** The eid, then the newest form submission with the same click id. */
function matchClick(delivery: Recipient, click: Click, knowledge: MatchKnowledge): Match {
  const { aliasedTo, submissions, holdMs, now } = knowledge;
  const { portalId, audience } = delivery;
  const eid = click.eid === null ? null : parseEid(click.eid);
  if (eid?.kind === 'hubspot') {
    if (eid.portalId !== null && eid.portalId !== portalId) return { kind: 'skip', reason: 'eid_other_portal' };
    if (eid.portalId === null && audience > 1) return { kind: 'skip', reason: 'eid_ambiguous' };
    return { kind: 'id', contactId: eid.contactId };
  }
  if (aliasedTo !== undefined) return { kind: 'id', contactId: aliasedTo };

  const matchKeys = matchKeysOf(click);
  if (matchKeys.length === 0) return { kind: 'skip', reason: click.eidInvalid ? 'eid_invalid' : 'no_identity' };
  const submission = newestMatch(submissions, matchKeys, click.at);
  if (submission?.hsContactId) return { kind: 'id', contactId: submission.hsContactId };
  if (submission) return { kind: 'email', email: submission.email };
  return waitOrClose({ matchKeys, receivedAt: delivery.receivedAt.getTime(), holdMs, now });
}

/** The HubSpot contact id, the email (product B3), or whoever made the click. */
function matchConversion(delivery: Extract<Delivery, { kind: 'conversion' }>, knowledge: MatchKnowledge): Match {
  const { click, clickedBy, holdMs, now } = knowledge;
  const { hsContactId, email, clickId } = delivery.conversion;
  if (hsContactId && delivery.audience > 1 && !email) return { kind: 'skip', reason: 'eid_ambiguous' };
  if (hsContactId && delivery.audience <= 1) return { kind: 'id', contactId: hsContactId };
  if (email) return { kind: 'email', email };
  if (clickedBy !== undefined) return { kind: 'id', contactId: clickedBy };
  if (!clickId) return { kind: 'skip', reason: 'conversion_without_identity' };
  // The click need not have been forwarded to tell: a connection may want conversions only.
  if (click) return matchClick(delivery, click, knowledge);
  return askAgainOrClose({ receivedAt: delivery.receivedAt.getTime(), holdMs, now });
}

/** For a contact that HubSpot may know later although nobody will tell us. */
export function askAgainOrClose({
  receivedAt,
  holdMs,
  now,
}: {
  receivedAt: number;
  holdMs: number;
  now: number;
}): Match {
  const until = receivedAt + holdMs;
  return until <= now ? { kind: 'skip', reason: 'no_matching_contact' } : { kind: 'ask_again', until };
}

/** Waiting has an end: 72 hours after the click came in (product A5). */
export function waitOrClose(wait: { matchKeys: string[]; receivedAt: number; holdMs: number; now: number }): Match {
  const until = wait.receivedAt + wait.holdMs;
  if (until <= wait.now) return { kind: 'skip', reason: 'no_matching_contact' };
  return { kind: 'wait', matchKeys: wait.matchKeys, until };
}

function newestMatch(submissions: readonly KnownSubmission[], matchKeys: string[], clickedAt: number) {
  return submissions.find(
    ({ keys, submittedAt }) =>
      submittedAt.getTime() >= clickedAt - submissionWindowMs && keys.some((key) => matchKeys.includes(key)),
  );
}
