// The settings of a workspace in one place: name, which clicks count, what pages may do, what new connections begin with.
import type { WorkspaceChange } from '../../contract/workspace.ts';
import { CodedError } from '../../errors.ts';
import type { Workspace } from '../../store/workspaces.ts';
import { changeBrowserAccess } from '../browser-access.ts';
import type { Context } from '../context.ts';
import { changeCountPolicy } from '../count-policy.ts';

export async function readWorkspace({ store }: Pick<Context, 'store'>, workspaceId: string): Promise<Workspace> {
  const workspace = await store.workspaces.find(workspaceId);
  if (!workspace) throw new CodedError('not_found', `There is no workspace ${workspaceId}.`);
  return workspace;
}

/** What can be refused comes first, so that a refused request changes nothing. */
export async function changeWorkspace(
  context: Context,
  workspaceId: string,
  { name, count_policy: policy, default_mode: defaultMode, retention_days: days, snippet }: WorkspaceChange,
): Promise<Workspace> {
  assertRetention(context, days);
  if (snippet) {
    await changeBrowserAccess(context, {
      workspaceId,
      origins: snippet.origins,
      acceptEmail: snippet.accept_email,
      newKey: snippet.new_public_key === true,
    });
  }
  if (policy) {
    await changeCountPolicy(context, {
      workspaceId,
      countMachines: policy.count_machines,
      countUnsure: policy.count_unsure,
    });
  }
  const set = {
    ...(name === undefined ? {} : { name }),
    ...(defaultMode === undefined ? {} : { defaultMode }),
    ...(days === undefined ? {} : { retentionDays: days }),
  };
  if (Object.keys(set).length > 0) await context.store.workspaces.change({ workspaceId, set });
  return readWorkspace(context, workspaceId);
}

function assertRetention({ config }: Context, days: number | null | undefined): void {
  const { leastRetentionDays: least, retentionDays: most } = config;
  if (days === undefined || days === null || (days >= least && days <= most)) return;
  const why = days < least ? 'Click counters and late clicks look back that far.' : 'Whoever runs the server set that.';
  throw new CodedError('invalid_request', `Choose from ${least} to ${most} days. ${why}`, { field: 'retention_days' });
}
