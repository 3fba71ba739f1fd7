// Rules of a connection: the text as it was written, what it means, and every version it had.
import mongoose from 'mongoose';
import type { Rule } from '../domain/rules/rule.ts';
import { countSettings } from './count-settings.ts';

export interface RuleVersion {
  version: number;
  text: string;
  at: Date;
}

export interface RuleLabel {
  id: string;
  label: string;
}

export interface StoredRule {
  _id: string;
  workspaceId: string;
  /** A rule names pipelines and stages, which belong to one portal. */
  connectionId: string;
  rule: Rule;
  /** What people called the pipeline and the stages when the rule was saved; absent in rules of before. */
  labels?: RuleLabel[];
  enabled: boolean;
  version: number;
  versions: RuleVersion[];
  /** Armed again, a rule may fire once more for each deal, by clicks after `since`. */
  arming: { number: number; since: Date | null };
  createdAt: Date;
  archivedAt: Date | null;
}

const ruleSchema = new mongoose.Schema<StoredRule>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    connectionId: { type: String, required: true },
    rule: mongoose.Schema.Types.Mixed,
    labels: mongoose.Schema.Types.Mixed,
    enabled: Boolean,
    version: Number,
    versions: mongoose.Schema.Types.Mixed,
    arming: mongoose.Schema.Types.Mixed,
    createdAt: Date,
    archivedAt: Date,
  },
  { versionKey: false, minimize: false },
);
ruleSchema.index({ connectionId: 1, enabled: 1 }, { name: 'of_connection' });
ruleSchema.index({ workspaceId: 1, _id: 1 }, { name: 'of_workspace' });

export type ActiveRule = Omit<StoredRule, 'versions'>;

export type Rules = ReturnType<typeof makeRules>;

export function makeRules(connection: mongoose.Connection) {
  const model = connection.model('Rule', ruleSchema, 'rules');
  const settings = countSettings(connection);

  return {
    async insert(rule: StoredRule): Promise<void> {
      await model.create(rule);
      await settings.ofWorkspace(rule.workspaceId);
    },

    find: ({ workspaceId, ruleId }: RuleKey): Promise<StoredRule | null> =>
      model.findOne({ _id: ruleId, workspaceId }).lean<StoredRule>(),

    /** Without archived ones, oldest first. A workspace has tens of rules. */
    list: (workspaceId: string): Promise<StoredRule[]> =>
      model.find({ workspaceId, archivedAt: null }).sort({ _id: 1 }).lean<StoredRule[]>(),

    /** Switched off ones too. */
    listOfConnections: (connectionIds: readonly string[]): Promise<StoredRule[]> =>
      model
        .find({ connectionId: { $in: [...connectionIds] }, archivedAt: null })
        .sort({ _id: 1 })
        .lean<StoredRule[]>(),

    /** Without what they were before. */
    listEnabled: (connectionIds: readonly string[]): Promise<ActiveRule[]> =>
      model
        .find({ connectionId: { $in: [...connectionIds] }, enabled: true, archivedAt: null }, { versions: 0 })
        .lean<ActiveRule[]>(),

    /** The next version of the rule, unless somebody else made one since `version` was read. */
    async saveVersion({ workspaceId, ruleId, version, rule, labels, text, now }: NewVersion): Promise<boolean> {
      const next: RuleVersion = { version: version + 1, text, at: new Date(now) };
      const { matchedCount } = await model.updateOne(
        { _id: ruleId, workspaceId, version },
        { $set: { rule, labels, enabled: rule.enabled, version: next.version }, $push: { versions: next } },
      );
      await settings.ofWorkspace(workspaceId);
      return matchedCount === 1;
    },

    async setEnabled({ workspaceId, ruleId, enabled }: RuleKey & { enabled: boolean }): Promise<void> {
      await model.updateOne({ _id: ruleId, workspaceId }, { $set: { enabled, 'rule.enabled': enabled } });
      await settings.ofWorkspace(workspaceId);
    },

    async arm({ workspaceId, ruleId, now }: RuleKey & { now: number }): Promise<void> {
      await model.updateOne(
        { _id: ruleId, workspaceId },
        { $inc: { 'arming.number': 1 }, $set: { 'arming.since': new Date(now) } },
      );
      await settings.ofWorkspace(workspaceId);
    },

    async archive({ workspaceId, ruleId, now }: RuleKey & { now: number }): Promise<void> {
      await model.updateOne({ _id: ruleId, workspaceId }, { $set: { enabled: false, archivedAt: new Date(now) } });
      await settings.ofWorkspace(workspaceId);
    },
  };
}

interface RuleKey {
  workspaceId: string;
  ruleId: string;
}

interface NewVersion extends RuleKey {
  version: number;
  rule: Rule;
  labels: RuleLabel[];
  text: string;
  now: number;
}
