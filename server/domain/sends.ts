// Which timeline events of a batch go out together. What was sent before with an unknown outcome goes again in exactly
// the same group, because an all-or-nothing refusal then proves that the whole group arrived. Pure.
import { chunk } from '../lib/chunk.ts';
import type { Delivery, Send } from './delivery.ts';

/** One timeline event of one delivery, on its way. */
export interface OpenSend {
  delivery: Pick<Delivery, '_id'>;
  send: Send;
}

export interface SendGroup {
  id: string;
  members: OpenSend[];
  /** True when these events, or some of them, may be at HubSpot already. */
  sentBefore: boolean;
  /** True when this is exactly the group that was sent before. */
  complete: boolean;
}

/** What a delivery has to write: the plan it already has, or one event for the contact and one for each open deal. */
export function planSends(existing: readonly Send[], dealIds: readonly string[]): Send[] {
  if (existing.length > 0) return existing.map((send) => ({ ...send }));
  return ['contact', ...dealIds.map((dealId) => `deal:${dealId}`)].map(newSend);
}

function newSend(target: string): Send {
  return { target, group: null, groupSize: 0, done: false };
}

/** Cuts new events into groups and finds the old groups again. Changes the `group` of each new send. */
export function groupSends(sends: readonly OpenSend[], groupSize: number, newGroupId: () => string): SendGroup[] {
  const sentBefore = new Map<string, OpenSend[]>();
  const fresh: OpenSend[] = [];
  for (const open of sends) {
    const { group } = open.send;
    if (group === null) fresh.push(open);
    else sentBefore.set(group, [...(sentBefore.get(group) ?? []), open]);
  }
  const again = [...sentBefore].map(([id, members]): SendGroup => {
    const complete = members.length === members[0]?.send.groupSize;
    return complete ? { id, members, sentBefore: true, complete } : regroup(members, newGroupId(), true);
  });
  const groups: SendGroup[] = [];
  for (let start = 0; start < fresh.length; start += groupSize) {
    groups.push(regroup(fresh.slice(start, start + groupSize), newGroupId(), false));
  }
  return [...again, ...groups];
}

/**
 * New groups in the place of one whose rows must be told apart: halves when a row was refused, but groups of one after a
 * conflict. Some row is at HubSpot already then, so a larger group that is sent again must not take a conflict for its own arrival.
 */
export function splitGroup(group: SendGroup, because: 'refused' | 'conflict', newGroupId: () => string): SendGroup[] {
  const size = because === 'conflict' ? 1 : Math.ceil(group.members.length / 2);
  return chunk(group.members, size).map((members) => regroup(members, newGroupId(), false));
}

function regroup(members: OpenSend[], id: string, sentBefore: boolean): SendGroup {
  for (const { send } of members) {
    send.group = id;
    send.groupSize = members.length;
  }
  return { id, members, sentBefore, complete: false };
}
