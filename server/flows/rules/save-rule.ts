// Makes a rule or the next version of one: the text must be right in itself and for the portal's pipelines.
// Those are read from our own store; HubSpot is asked where it is old, or where the text does not fit it: a stage may be new.
import { CodedError } from '../../errors.ts';
import { parseRule } from '../../domain/rules/parse-rule.ts';
import type { Rule, RuleProblem } from '../../domain/rules/rule.ts';
import { validateAgainstPipelines, type KnownPipeline } from '../../domain/rules/validate-against-pipelines.ts';
import type { RuleLabel, StoredRule } from '../../store/rules.ts';
import type { Context } from '../context.ts';
import { readMetadata } from '../reading/portal-metadata.ts';
import { findActiveConnection } from './find-connection.ts';

export interface RuleText {
  workspaceId: string;
  connectionId: string;
  text: string;
}

/** Throws `rule_refused` with the line and column of each mistake. */
export async function makeRule(context: Context, { workspaceId, connectionId, text }: RuleText): Promise<StoredRule> {
  const { rule, labels } = await checkedRule(context, { workspaceId, connectionId, text });
  const at = new Date(context.now());
  const stored: StoredRule = {
    _id: context.newId('rule'),
    workspaceId,
    connectionId,
    rule,
    labels,
    enabled: rule.enabled,
    version: 1,
    versions: [{ version: 1, text, at }],
    arming: { number: 1, since: null },
    createdAt: at,
    archivedAt: null,
  };
  await context.store.rules.insert(stored);
  return stored;
}

export async function changeRule(
  context: Context,
  { workspaceId, ruleId, text }: { workspaceId: string; ruleId: string; text: string },
): Promise<StoredRule> {
  const before = await findRule(context, { workspaceId, ruleId });
  const checked = await checkedRule(context, { workspaceId, connectionId: before.connectionId, text });
  const { version } = before;
  if (
    !(await context.store.rules.saveVersion({ workspaceId, ruleId, version, ...checked, text, now: context.now() }))
  ) {
    throw new CodedError('conflict', 'Somebody else changed the rule meanwhile. Read it again.');
  }
  return findRule(context, { workspaceId, ruleId });
}

export async function findRule({ store }: Context, key: { workspaceId: string; ruleId: string }): Promise<StoredRule> {
  const rule = await store.rules.find(key);
  if (!rule || rule.archivedAt) throw new CodedError('not_found', 'This workspace has no such rule.');
  return rule;
}

export interface CheckedRule {
  rule: Rule;
  labels: RuleLabel[];
}

/** The rule behind a text, checked against the pipelines of the connection's portal. */
export async function checkedRule(
  context: Context,
  { workspaceId, connectionId, text }: RuleText,
): Promise<CheckedRule> {
  const connection = await findActiveConnection(context, { workspaceId, connectionId });
  const parsed = parseRule(text);
  if ('problems' in parsed) throw refusal(parsed.problems);
  const { portalId } = connection;
  const { rule } = parsed;
  const problemsIn = (pipelines: readonly KnownPipeline[]) => validateAgainstPipelines({ rule, pipelines, text });
  let known = await readMetadata(context, { portalId, kind: 'pipelines' });
  if (problemsIn(known.value).length > 0)
    known = await readMetadata(context, { portalId, kind: 'pipelines', refresh: true });
  const problems = problemsIn(known.value);
  if (problems.length > 0) throw refusal(problems);
  return { rule, labels: labelsOf(rule, known.value) };
}

/** Ids of stages are often digits: people read the labels. */
function labelsOf({ action }: Rule, pipelines: readonly KnownPipeline[]): RuleLabel[] {
  const pipeline = pipelines.find(({ id }) => id === action.pipeline);
  if (!pipeline) return [];
  const stages = pipeline.stages.filter(({ id }) => id === action.fromStage || id === action.toStage);
  return [pipeline, ...stages].map(({ id, label }) => ({ id, label }));
}

function refusal(problems: RuleProblem[]): CodedError {
  const [first] = problems;
  const place = first?.line == null ? '' : `Line ${first.line}: `;
  return new CodedError('rule_refused', `${place}${first?.message ?? 'The rule cannot be used.'}`, {
    field: 'text',
    details: { problems },
  });
}
