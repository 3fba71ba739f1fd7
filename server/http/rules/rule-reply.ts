// A rule in the words of the wire.
import type { z } from 'zod';
import type { ruleSchema } from '../../contract/rule.ts';
import type { RuleView } from '../../flows/rules/list-rules.ts';

export function ruleReply({
  _id,
  connectionId,
  rule,
  version,
  versions,
  arming,
  ...stored
}: RuleView): z.infer<typeof ruleSchema> {
  return {
    id: _id,
    connection_id: connectionId,
    name: rule.name,
    enabled: stored.enabled,
    mode: rule.mode,
    version,
    text: versions.at(-1)?.text ?? '',
    arming: { number: arming.number, since: arming.since?.toISOString() ?? null },
    versions: versions.map((one) => ({ version: one.version, at: one.at.toISOString() })),
    created_at: stored.createdAt.toISOString(),
  };
}
