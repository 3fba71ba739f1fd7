// The states of a delivery in the words of people, and how urgent each looks.
import type { Delivery } from '../../api/contract.ts';
import type { Tone } from '../../components/Badge.tsx';

type State = Delivery['state'];

export const stateWords: Record<State, { label: string; tone: Tone }> = {
  queued: { label: 'Queued', tone: 'info' },
  held: { label: 'Held', tone: 'info' },
  waiting_contact: { label: 'Waiting for a contact', tone: 'warn' },
  blocked_auth: { label: 'Needs sign-in', tone: 'bad' },
  retrying: { label: 'Trying again', tone: 'warn' },
  delivered: { label: 'Delivered', tone: 'good' },
  skipped: { label: 'Skipped', tone: 'neutral' },
  dead: { label: 'Failed', tone: 'bad' },
};

export const verdictWords = { human: 'Person', machine: 'Machine', unsure: 'Unsure' } as const;

/** What can be sent again: it ended, and a connection knows it. */
export function isReplayable({ state, connection_id }: Delivery): boolean {
  return (state === 'skipped' || state === 'dead') && connection_id !== null;
}
