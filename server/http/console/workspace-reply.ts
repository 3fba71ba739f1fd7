// The settings of a workspace in the words of the wire.
import type { z } from 'zod';
import type { workspaceSchema } from '../../contract/workspace.ts';
import { retentionDaysOf } from '../../domain/retention.ts';
import { defaultCountPolicy } from '../../domain/human-verdict/policy.ts';
import type { readWorkspace } from '../../flows/console/workspace-settings.ts';
import type { Context } from '../../flows/context.ts';

type Workspace = Awaited<ReturnType<typeof readWorkspace>>;

export function workspaceReply(
  { config }: Pick<Context, 'config'>,
  workspace: Workspace,
): z.infer<typeof workspaceSchema> {
  const { _id: id, name, createdAt, countPolicy = defaultCountPolicy, defaultMode, browser } = workspace;
  return {
    id,
    name,
    created_at: createdAt.toISOString(),
    count_policy: { count_machines: countPolicy.countMachines, count_unsure: countPolicy.countUnsure },
    default_mode: defaultMode ?? 'clicks_and_conversions',
    snippet: {
      public_key: browser?.publicKey ?? null,
      origins: browser?.origins ?? [],
      accept_email: browser?.acceptEmail ?? false,
      script_url: `${config.publicUrl}/elido.js`,
    },
    retention_days: retentionDaysOf(workspace, config),
    retention_limits: { least: config.leastRetentionDays, most: config.retentionDays },
  };
}
