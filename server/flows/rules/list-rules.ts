// Reading rules and their moves, and the small changes that need no new text: on, off, armed again, archived.
import type { RuleMove } from '../../store/rule-moves.ts';
import type { StoredRule } from '../../store/rules.ts';
import type { Context } from '../context.ts';
import { findRule } from './save-rule.ts';

interface RuleKey {
  workspaceId: string;
  ruleId: string;
}

export function listRules({ store }: Context, workspaceId: string): Promise<StoredRule[]> {
  return store.rules.list(workspaceId);
}

export function listMoves(
  { store }: Context,
  page: { workspaceId: string; before: Date | null; limit: number },
): Promise<RuleMove[]> {
  return store.ruleMoves.page(page);
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
