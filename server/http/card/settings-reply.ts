// The settings page in the words of the wire. Every change answers with it, so that a card shows what is stored.
import type { z } from 'zod';
import type { cardSettingsSchema } from '../../contract/card-settings.ts';
import { retentionDaysOf } from '../../domain/retention.ts';
import { consoleUrl } from '../../domain/console-url.ts';
import { connectionReply as cardConnectionReply } from '../../flows/card/card-portal.ts';
import type { SettingsView } from '../../flows/card/read-settings.ts';
import { queueReply } from '../../flows/card/read-home.ts';
import { ruleReply } from '../../flows/card/read-rule-progress.ts';
import type { Context } from '../../flows/context.ts';
import { pipelineReply } from '../../flows/reading/property-reply.ts';
import { connectionReply } from '../manage/connection-reply.ts';

export type SettingsReply = z.infer<typeof cardSettingsSchema>;

export function settingsReply({ config }: Pick<Context, 'config'>, view: SettingsView): SettingsReply {
  const { card, identity, canChange, workspaces, selected, mapping, rules, queue, scopes, sources } = view;
  const waiting = queueReply(queue);
  return {
    connection: cardConnectionReply(card),
    user: { id: identity.userId, can_change: canChange, reason: canChange ? null : 'not_an_admin' },
    connections: card.connections.map(({ _id, workspaceId, state }) => ({
      id: _id,
      workspace: workspaces.get(workspaceId)?.name ?? workspaceId,
      state: state === 'paused' ? 'paused' : 'active',
    })),
    selected: selected && connectionReply(selected),
    scopes,
    field_mapping: mapping.map(({ row, property, problem }) => ({
      ...row,
      label: property?.label ?? null,
      type: property?.type ?? null,
      problem,
    })),
    sources,
    rules: rules.map((stored) => ({
      ...ruleReply(stored, card),
      enabled: stored.enabled,
      need: stored.rule.trigger.threshold,
      connection_id: stored.connectionId,
      version: stored.version,
    })),
    pipelines: card.boards.map(pipelineReply),
    retention_days: retentionDaysOf(workspaces.get(selected?.connection.workspaceId ?? '') ?? null, config),
    recent_clicks_days: config.recentClicksDays,
    dialects: [
      { name: 'app_events', available: true },
      { name: 'timeline_v3', available: config.hubspot.developerApiKey !== undefined },
      { name: 'notes', available: true },
    ],
    disconnect: {
      uninstalls: card.connections.length <= 1,
      waiting: waiting.waiting + waiting.blocked,
      waiting_more: waiting.more,
    },
    console_url: consoleUrl(config.publicUrl),
  };
}
