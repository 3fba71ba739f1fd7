// From the text of a rule to the rule, or to every mistake in it with line and column. It asks nobody whether stages exist.
import type { z } from 'zod';
import { closest } from './closest.ts';
import { readDocument, type Path, type RuleDocument } from './rule-document.ts';
import type { Rule, RuleProblem } from './rule.ts';
import { fieldsOf, ruleOf, writtenRuleSchema } from './written-rule.ts';

export type ParsedRule = { rule: Rule } | { problems: RuleProblem[] };

interface Mistake {
  path: Path;
  part: 'key' | 'value';
  message: string;
}

const mostProblems = 20;

export function parseRule(text: string, format: 'yaml' | 'json' = 'yaml'): ParsedRule {
  const read = readDocument(text, format);
  if ('problems' in read) return { problems: read.problems.slice(0, mostProblems) };
  const { plain } = read.document;
  const parsed = writtenRuleSchema.safeParse(plain);
  const unknown = unknownFields(plain);
  const mistakes = [
    ...unknown.map(({ mistake }) => mistake),
    ...(parsed.error?.issues ?? []).flatMap((issue) =>
      mistakeOf(issue, { plain, meant: unknown.map(({ meant }) => meant) }),
    ),
    ...crossMistakes(plain, { meant: unknown.map(({ meant }) => meant) }),
  ];
  if (mistakes.length > 0 || !parsed.success) return { problems: inOrder(mistakes, read.document) };
  return { rule: ruleOf(parsed.data) };
}

interface UnknownField {
  mistake: Mistake;
  /** The path it was probably meant to be, so that this one is not called missing too. */
  meant: string;
}

function unknownFields(plain: unknown): UnknownField[] {
  return Object.entries(fieldsOf).flatMap(([block, allowed]) => {
    const path = block === '' ? [] : block.split('.');
    const value = valueAt(plain, path);
    if (!isBlock(value)) return [];
    return Object.keys(value)
      .filter((field) => !allowed.includes(field))
      .map((field) => unknownField(field, { path, allowed: allowed.filter((name) => !(name in value)) }));
  });
}

function unknownField(field: string, { path, allowed }: { path: Path; allowed: readonly string[] }): UnknownField {
  const elsewhere = Object.entries(fieldsOf).find(([, fields]) => fields.includes(field));
  const near = closest(field, allowed);
  const hint = near
    ? `Did you mean ${near}?`
    : elsewhere
      ? `It belongs ${elsewhere[0] === '' ? 'at the top' : `under ${elsewhere[0]}`}.`
      : `Known here: ${(fieldsOf[path.join('.')] ?? []).join(', ')}.`;
  const message = `There is no field ${field.slice(0, 60)} here. ${hint}`;
  return { mistake: { path: [...path, field], part: 'key', message }, meant: near ? [...path, near].join('.') : '' };
}

/** Every mistake is a sentence that begins with its field. */
function mistakeOf(issue: z.core.$ZodIssue, { plain, meant }: { plain: unknown; meant: readonly string[] }): Mistake[] {
  if (issue.code === 'unrecognized_keys') return [];
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const field = path.at(-1) ?? 'The rule';
  const isMissing = valueAt(plain, path) === undefined;
  if (isMissing && meant.includes(path.join('.'))) return [];
  const message = isMissing ? `${field} is missing: it ${issue.message}.` : `${field} ${issue.message}.`;
  return [{ path, part: 'value', message }];
}

/** What no field can tell by itself. */
function crossMistakes(plain: unknown, { meant }: { meant: readonly string[] }): Mistake[] {
  const mistakes: Mistake[] = [];
  const has = (...path: string[]) => valueAt(plain, path) !== undefined;
  const wrong = (path: Path, message: string) => mistakes.push({ path, part: 'key', message });
  if (has('trigger', 'link_tag') && has('trigger', 'link'))
    wrong(['trigger', 'link'], 'The trigger names both link_tag and link. Keep one of them.');
  const meansLink = meant.includes('trigger.link') || meant.includes('trigger.link_tag');
  if (isBlock(valueAt(plain, ['trigger'])) && !has('trigger', 'link_tag') && !has('trigger', 'link') && !meansLink)
    wrong(['trigger'], 'The trigger needs link_tag or link.');
  if (has('guard') && has('action', 'guard'))
    wrong(['guard'], 'There are two guards. Keep the one under action, or this one.');
  const [from, to] = ['from_stage', 'to_stage'].map((field) => valueAt(plain, ['action', field]));
  if (from !== undefined && from === to)
    mistakes.push({
      path: ['action', 'to_stage'],
      part: 'value',
      message: 'to_stage is the same stage as from_stage.',
    });
  return mistakes;
}

function inOrder(mistakes: readonly Mistake[], document: RuleDocument): RuleProblem[] {
  return mistakes
    .map(({ path, part, message }) => ({ ...document.at(path, part), path: path.join('.'), message }))
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .slice(0, mostProblems);
}

function valueAt(plain: unknown, path: Path): unknown {
  let value = plain;
  for (const step of path) {
    if (!isBlock(value) || !Object.hasOwn(value, step)) return undefined;
    value = value[String(step)];
  }
  return value;
}

function isBlock(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
