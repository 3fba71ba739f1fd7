// Which webhook events mean something to us, and which story each of them begins. A new kind is one line here and one file.
import type { WebhookEvent } from '../../domain/webhook-event.ts';
import type { WebhookReceipt } from '../../store/webhook-receipts.ts';
import type { Context } from '../context.ts';
import { contactsAppeared } from './contacts-appeared.ts';
import { contactsDeleted } from './contacts-deleted.ts';
import { contactsErased } from './contacts-erased.ts';
import { contactsMerged } from './contacts-merged.ts';
import { dealsChanged } from './deals-changed.ts';

/** Safe to repeat, in any order with the others. Called with events of one portal, under the portal's lease. */
export type Story = (context: Context, portalId: number, receipts: readonly WebhookReceipt[]) => Promise<void>;

/** In the order they are worked on within one round: who somebody is comes before what is done about it. */
export const stories = {
  merge: contactsMerged,
  erase: contactsErased,
  delete: contactsDeleted,
  appear: contactsAppeared,
  deal: dealsChanged,
} as const satisfies Record<string, Story>;

export type StoryName = keyof typeof stories;

const storyOfType: Record<string, StoryName> = {
  'contact.merge': 'merge',
  'contact.privacyDeletion': 'erase',
  'contact.deletion': 'delete',
  'contact.creation': 'appear',
  'contact.restore': 'appear',
  'deal.creation': 'deal',
  'deal.deletion': 'deal',
  'deal.restore': 'deal',
  'deal.merge': 'deal',
};

/** Null for events that nothing here needs. */
export function storyOf({ type, property }: Pick<WebhookEvent, 'type' | 'property'>): StoryName | null {
  if (type === 'contact.propertyChange') return property === 'email' ? 'appear' : null;
  if (type === 'deal.propertyChange') return property === 'dealstage' ? 'deal' : null;
  return Object.hasOwn(storyOfType, type) ? (storyOfType[type] ?? null) : null;
}
