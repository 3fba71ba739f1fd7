// Which contact a click belongs to, as far as our own records tell: by id, by an email, later, or never. Pure.
import type { Delivery } from './delivery.ts';
import { matchKeysOf, parseEid, submissionWindowMs } from './identity.ts';
import type { ReasonCode } from './reasons.ts';

export type Match =
  | { kind: 'id'; contactId: string }
  | { kind: 'email'; email: string }
  /** Until a submission or a link comes with one of these keys, at most until `until`. */
  | { kind: 'wait'; matchKeys: string[]; until: number }
  | { kind: 'skip'; reason: ReasonCode };

export interface KnownSubmission {
  email: string;
  hsContactId: string | null;
  keys: string[];
  submittedAt: Date;
}

export interface MatchKnowledge {
  /** The contact an Elido contact id of this delivery was linked to. */
  aliasedTo: string | undefined;
  /** Newest first. */
  submissions: readonly KnownSubmission[];
  holdMs: number;
  now: number;
}

/** Strongest first: what was planned before, the eid, then the newest form submission with the same click id. */
export function matchContact(delivery: Delivery, { aliasedTo, submissions, holdMs, now }: MatchKnowledge): Match {
  const { click, portalId, audience } = delivery;
  if (delivery.contactId && delivery.sends.length > 0) return { kind: 'id', contactId: delivery.contactId };
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
