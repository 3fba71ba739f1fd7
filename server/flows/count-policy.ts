// Which clicks of a workspace count: people always; machines and the unsure by its wish.
import { defaultCountPolicy, type CountPolicy } from '../domain/human-verdict/policy.ts';
import { CodedError } from '../errors.ts';
import type { Context } from './context.ts';

export interface CountPolicyChange {
  workspaceId: string;
  countMachines?: boolean | undefined;
  countUnsure?: boolean | undefined;
}

export async function readCountPolicy({ store }: Pick<Context, 'store'>, workspaceId: string): Promise<CountPolicy> {
  const workspace = await store.workspaces.find(workspaceId);
  return workspace?.countPolicy ?? defaultCountPolicy;
}

/** The policy after the change. It holds for clicks judged from now on. */
export async function changeCountPolicy(
  parts: Pick<Context, 'store'>,
  { workspaceId, countMachines, countUnsure }: CountPolicyChange,
): Promise<CountPolicy> {
  if (!(await parts.store.workspaces.find(workspaceId))) {
    throw new CodedError('not_found', `There is no workspace ${workspaceId}.`, { field: 'workspace' });
  }
  const known = await readCountPolicy(parts, workspaceId);
  const countPolicy: CountPolicy = {
    countMachines: countMachines ?? known.countMachines,
    countUnsure: countUnsure ?? known.countUnsure,
  };
  await parts.store.workspaces.setCountPolicy({ workspaceId, countPolicy });
  return countPolicy;
}
