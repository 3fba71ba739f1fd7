// How long a workspace keeps settled deliveries: what it chose, never longer than the operator keeps anything. Pure.

export interface RetentionLimits {
  /** Shorter, and counters and late clicks would miss what they look back at. */
  leastRetentionDays: number;
  retentionDays: number;
}

export function retentionDaysOf(
  workspace: { retentionDays?: number | null } | null,
  { leastRetentionDays, retentionDays }: RetentionLimits,
): number {
  return Math.max(leastRetentionDays, Math.min(workspace?.retentionDays ?? retentionDays, retentionDays));
}
