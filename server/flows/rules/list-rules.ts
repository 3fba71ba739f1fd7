// Reading rules and their moves, and the small changes that need no new text: on, off, armed again, archived.
import type { RuleMove } from '../../store/rule-moves.ts';
import type { StoredRule } from '../../store/rules.ts';
import type { Context } from '../context.ts';
import { findRule } from './save-rule.ts';

/** What a reader outside the flows gets to see of them. */
export type RuleView = StoredRule;
export type MoveView = RuleMove;

interface RuleKey {
  workspaceId: string;
  ruleId: string;
}

export function listRules({ store }: Context, workspaceId: string): Promise<StoredRule[]> {
  return store.rules.list(workspaceId);
}

/** A cursor says where the page before ended: `{milliseconds}~{move}`. */
export async function listMoves(
  { store }: Context,
  { workspaceId, cursor, limit }: { workspaceId: string; cursor: string | undefined; limit: number },
): Promise<{ moves: RuleMove[]; nextCursor: string | null }> {
  const [, at, id] = /^(\d{1,15})~(.+)$/.exec(cursor ?? '') ?? [];
  const after = at && id ? { plannedAt: new Date(Number(at)), id } : null;
  const moves = await store.ruleMoves.page({ workspaceId, after, limit });
  const last = moves.length === limit ? moves.at(-1) : undefined;
  return { moves, nextCursor: last ? `${last.plannedAt.getTime()}~${last._id}` : null };
}

export async function switchRule(
  context: Context,
  { enabled, ...key }: RuleKey & { enabled: boolean },
): Promise<StoredRule> {
  await findRule(context, key);
  await context.store.rules.setEnabled({ ...key, enabled });
  return findRule(context, key);
}

/** The rule may fire once more for each deal, by clicks from now on. */
export async function armRule(context: Context, key: RuleKey): Promise<StoredRule> {
  await findRule(context, key);
  await context.store.rules.arm({ ...key, now: context.now() });
  return findRule(context, key);
}

export async function archiveRule(context: Context, key: RuleKey): Promise<StoredRule> {
  const rule = await findRule(context, key);
  await context.store.rules.archive({ ...key, now: context.now() });
  return { ...rule, enabled: false };
}
