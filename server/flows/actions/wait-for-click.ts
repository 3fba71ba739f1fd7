// "Wait for a human click": the step of the workflow blocks until the contact clicks, or until its days are over.
import { CodedError } from '../../errors.ts';
import type { ActionWait } from '../../store/action-waits.ts';
import type { Context } from '../context.ts';
import { actionConnection, contactOf, type ActionCall } from './action-connection.ts';

export interface WaitForClick extends ActionCall {
  link: string | null;
  tag: string | null;
  days: number;
}

const dayMs = 24 * 3600_000;

/** The scope by which HubSpot is told that the wait is over. */
const callbackScope = 'automation';

/** Safe to repeat: HubSpot's id of the execution is the id of the wait. */
export async function waitForClick(context: Context, call: WaitForClick): Promise<ActionWait> {
  const { store, now } = context;
  const { portalId, callbackId, link, tag, days } = call;
  const contactId = contactOf(call);
  await actionConnection(context, portalId);
  const portal = await store.portals.find(portalId);
  if (!portal?.scopes.includes(callbackScope)) {
    throw new CodedError(
      'hubspot_insufficient_permissions',
      'Elido may not tell workflows that a wait is over. Connect the account again and accept the scope automation.',
      { details: { scope: callbackScope } },
    );
  }
  const since = now();
  const until = since + days * dayMs;
  const wait = await store.actionWaits.save({
    _id: store.actionWaits.waitId(portalId, callbackId),
    portalId,
    callbackId,
    contactId: await store.contactMerges.survivorOf({ portalId, contactId }),
    link,
    tag: tag?.toLowerCase() ?? null,
    since: new Date(since),
    until: new Date(until),
    click: null,
    dueAt: new Date(until),
    doneAt: null,
    attempts: 0,
  });
  await store.portals.wake({ portalIds: [portalId], at: until, kind: 'waits' });
  return wait;
}

/** What the workflow is handed when the wait is over. */
export function waitOutputs({ click }: Pick<ActionWait, 'click'>): Record<string, string> {
  return click
    ? { elido_result: 'clicked', clicked_at: click.at.toISOString(), link: click.link }
    : { elido_result: 'timed_out', clicked_at: '', link: '' };
}
