// The story of one delivery, step by step and in words: what happened to the event on its way to one connection. Pure.
import type { Delivery, Send } from './delivery.ts';
import { redacted } from './log-redaction.ts';
import { matchedBy } from './log-matched-by.ts';
import { explain } from './reasons.ts';

export interface StoryStep {
  code: 'arrived' | 'connection' | 'hold' | 'verdict' | 'contact' | 'plan' | 'timeline' | 'hubspot' | 'next';
  state: 'done' | 'waiting' | 'stopped';
  /** Milliseconds since 1970, where we know it. */
  at: number | null;
  words: string;
}

export function tellStory(delivery: Delivery): StoryStep[] {
  const steps = [arrived(delivery), connection(delivery), hold(delivery), verdict(delivery), contact(delivery)];
  return [...steps, plan(delivery), timeline(delivery), hubspot(delivery), next(delivery)].filter(
    (step) => step !== null,
  );
}

/** One sentence or two: is it on the timeline, and if not, why not and what to do. */
export function answerOf(delivery: Delivery): string {
  const { state, reason, deliveredAt } = delivery;
  const when = deliveredAt ? ` since ${deliveredAt.toISOString()}` : '';
  if (state === 'delivered') return `On the timeline of contact ${delivery.contactId ?? ''}${when}.`;
  const written = delivery.sends.some((send) => send.target === 'contact' && isWritten(delivery, send));
  const where = written ? 'On the timeline of the contact, but not finished.' : notYet(delivery);
  return reason === null ? where : `${where} ${explain(reason).words} ${explain(reason).next}`;
}

function notYet({ state }: Delivery): string {
  return state === 'skipped' || state === 'dead' ? 'Not on the timeline.' : 'Not on the timeline yet.';
}

const arrivals = { api: 'through the API', redirect: 'through our redirect', topic: 'through the topic' } as const;

function arrived(delivery: Delivery): StoryStep {
  const at = delivery.receivedAt.getTime();
  const when = `It happened at ${delivery.occurredAt.toISOString()}.`;
  if (delivery.kind === 'conversion')
    return done('arrived', at, `${conversionWords(delivery.conversion.name)} arrived. ${when}`);
  const { link, via } = delivery.click;
  return done('arrived', at, `A click on "${link.title}" (${link.shortUrl}) arrived ${arrivals[via]}. ${when}`);
}

/** A name that nobody chose is said once. */
function conversionWords(name: string): string {
  return name === 'Conversion' ? 'A conversion' : `The conversion "${name}"`;
}

const connectionReasons = ['not_connected', 'conversions_only', 'disconnected'];

function connection(delivery: Delivery): StoryStep {
  const { reason, portalId } = delivery;
  if (reason === 'connection_paused') return { ...withReason('connection', delivery), state: 'waiting' };
  if (connectionReasons.includes(reason ?? '')) return withReason('connection', delivery);
  return done('connection', null, `It goes to HubSpot account ${portalId ?? ''}.`);
}

function hold(delivery: Delivery): StoryStep | null {
  return delivery.reason === 'human_check' ? { ...withReason('hold', delivery), state: 'waiting' } : null;
}

function verdict({ verdict: found, reason }: Delivery): StoryStep | null {
  if (!found) return null;
  const took = found.verdict === 'unsure' ? 'Person or machine: unsure' : `Taken for a ${nouns[found.verdict]}`;
  const words = `${took} (${Math.round(found.confidence * 100)} % sure): ${found.words} [${found.reasons.join(', ')}]`;
  return { code: 'verdict', state: reason === 'machine_click' ? 'stopped' : 'done', at: null, words };
}

const nouns = { human: 'person', machine: 'machine' } as const;

const unmatched = [
  'no_identity',
  'conversion_without_identity',
  'eid_invalid',
  'eid_unknown',
  'eid_other_portal',
  'eid_ambiguous',
  'no_matching_contact',
];

function contact(delivery: Delivery): StoryStep | null {
  const { contactId, reason, state } = delivery;
  if (contactId !== null) return done('contact', null, `It belongs to contact ${contactId}: ${matchedBy(delivery)}.`);
  if (state === 'waiting_contact') {
    const kinds = [...new Set(delivery.matchKeys.map((key) => key.split(':')[0] ?? ''))];
    const keys = kinds.length > 0 ? ` It carries: ${kinds.join(', ')}.` : '';
    return { code: 'contact', state: 'waiting', at: null, words: `${explain('waiting_for_contact').words}${keys}` };
  }
  return unmatched.includes(reason ?? '') ? withReason('contact', delivery) : null;
}

function plan({ sends }: Delivery): StoryStep | null {
  if (sends.length === 0) return null;
  const deals = sends.flatMap(({ target }) => (target.startsWith('deal:') ? [target.replace(':', ' ')] : []));
  const onDeals = deals.length === 0 ? '; it has no open deal' : `, and one on each open deal (${deals.join(', ')})`;
  return done('plan', null, `Planned: one timeline event on the contact${onDeals}.`);
}

/** True when HubSpot has the event for certain. After a failure it may have it too: then it is settled before a resend. */
export function isWritten({ state, reason }: Pick<Delivery, 'state' | 'reason'>, send: Send): boolean {
  return send.done || state === 'delivered' || reason === 'property_refused';
}

function timeline(delivery: Delivery): StoryStep | null {
  const { sends, state } = delivery;
  if (sends.length === 0) return null;
  const written = sends.filter((send) => isWritten(delivery, send)).length;
  const complete = written === sends.length;
  return {
    code: 'timeline',
    state: complete ? 'done' : state === 'dead' || state === 'skipped' ? 'stopped' : 'waiting',
    at: null,
    words: `HubSpot has confirmed ${written} of ${sends.length} timeline events.`,
  };
}

const ownReasons = [...connectionReasons, ...unmatched, 'connection_paused', 'human_check', 'machine_click'];

/** What HubSpot answered last; nothing when it was not asked. */
function hubspot(delivery: Delivery): StoryStep | null {
  const { state, reason, attempts, deliveredAt } = delivery;
  const tries = attempts === 1 ? 'one attempt' : `${attempts} attempts`;
  if (state === 'delivered')
    return done('hubspot', deliveredAt?.getTime() ?? null, `HubSpot accepted everything, after ${tries}.`);
  if (reason === null || reason === 'waiting_for_contact' || ownReasons.includes(reason)) return null;
  const step = withReason('hubspot', delivery);
  const counted = attempts > 0 ? ` So far: ${tries}.` : '';
  return { ...step, state: delivery.dueAt ? 'waiting' : 'stopped', words: `${step.words}${counted}` };
}

function next({ dueAt, state, reason }: Delivery): StoryStep {
  if (dueAt)
    return { code: 'next', state: 'waiting', at: dueAt.getTime(), words: `Looked at next at ${dueAt.toISOString()}.` };
  const remedy = reason === null ? 'Nothing to do.' : explain(reason).next;
  return { code: 'next', state: state === 'delivered' ? 'done' : 'stopped', at: null, words: remedy };
}

function done(code: StoryStep['code'], at: number | null, words: string): StoryStep {
  return { code, state: 'done', at, words };
}

function withReason(code: StoryStep['code'], { reason, detail }: Delivery): StoryStep {
  const words = reason === null ? '' : `${explain(reason).words} [${reason}]`;
  return { code, state: 'stopped', at: null, words: detail ? `${words} ${redacted(detail)}` : words };
}
