// Whether the pipeline and stages of a rule exist in a portal, and whether the move goes forward. It only reads what it is given.
import { closest } from './closest.ts';
import { readDocument, type RuleDocument } from './rule-document.ts';
import type { Rule, RuleProblem } from './rule.ts';

interface KnownStage {
  id: string;
  label: string;
  displayOrder: number;
  isClosed: boolean;
  /** 0 is lost, 1 is won; null when the account gives none. */
  probability: number | null;
}

export interface KnownPipeline {
  id: string;
  label: string;
  stages: readonly KnownStage[];
}

export interface RuleInPortal {
  rule: Rule;
  pipelines: readonly KnownPipeline[];
  /** The rule as it was written: problems then carry line and column. */
  text?: string | undefined;
}

type StageField = 'from_stage' | 'to_stage';
interface FieldProblem {
  field: 'pipeline' | StageField;
  message: string;
}

/** Empty when the rule fits the portal. */
export function validateAgainstPipelines({ rule, pipelines, text }: RuleInPortal): RuleProblem[] {
  const read = text === undefined ? null : readDocument(text, 'yaml');
  const document = read && 'document' in read ? read.document : null;
  return problemsOf(rule, pipelines).map(({ field, message }) => ({
    ...placeOf(field, document),
    path: `action.${field}`,
    message,
  }));
}

function placeOf(field: string, document: RuleDocument | null): Pick<RuleProblem, 'line' | 'column'> {
  return document?.at(['action', field], 'value') ?? { line: null, column: null };
}

function problemsOf({ action }: Rule, pipelines: readonly KnownPipeline[]): FieldProblem[] {
  const pipeline = pipelines.find(({ id }) => id === action.pipeline);
  if (!pipeline)
    return [{ field: 'pipeline', message: unknownWords({ kind: 'pipeline', id: action.pipeline, known: pipelines }) }];

  const from = pipeline.stages.find(({ id }) => id === action.fromStage);
  const to = pipeline.stages.find(({ id }) => id === action.toStage);
  const problems: FieldProblem[] = [];
  if (!from) problems.push({ field: 'from_stage', message: unknownStage(action.fromStage, { pipeline, pipelines }) });
  if (!to) problems.push({ field: 'to_stage', message: unknownStage(action.toStage, { pipeline, pipelines }) });
  const refused = from && to ? refusedMove(from, to) : null;
  return refused ? [...problems, refused] : problems;
}

function refusedMove(from: KnownStage, to: KnownStage): FieldProblem | null {
  if (from.id === to.id) return { field: 'to_stage', message: 'to_stage is the same stage as from_stage.' };
  if (from.isClosed)
    return { field: 'from_stage', message: `"${from.label}" is a closed stage: a rule does not open a deal again.` };
  if (to.isClosed && to.probability === 0)
    return { field: 'to_stage', message: `"${to.label}" means the deal is lost: clicks are no reason to lose a deal.` };
  if (to.displayOrder > from.displayOrder) return null;
  return {
    field: 'to_stage',
    message: `"${to.label}" comes before "${from.label}" in the pipeline: a rule never moves a deal back.`,
  };
}

function unknownStage(
  id: string,
  { pipeline, pipelines }: { pipeline: KnownPipeline; pipelines: readonly KnownPipeline[] },
): string {
  const home = pipelines.find(({ stages }) => stages.some((stage) => stage.id === id));
  if (home) return `The stage "${id}" belongs to the pipeline "${home.id}", not to "${pipeline.id}".`;
  return unknownWords({ kind: 'stage', id, known: pipeline.stages });
}

function unknownWords({
  kind,
  id,
  known,
}: {
  kind: string;
  id: string;
  known: readonly { id: string; label: string }[];
}): string {
  const words = `HubSpot has no ${kind} with the id "${id}".`;
  const labelled = known.find(({ label }) => label.toLowerCase() === id.toLowerCase());
  if (labelled) return `${words} The ${kind} called "${labelled.label}" has the id "${labelled.id}".`;
  const near = closest(
    id,
    known.map((one) => one.id),
  );
  if (near !== null) return `${words} Did you mean "${near}"?`;
  return known.length === 0
    ? words
    : `${words} There are: ${known
        .slice(0, 10)
        .map((one) => one.id)
        .join(', ')}.`;
}
