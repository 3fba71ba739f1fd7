/** Projections of find, `$project`, `$addFields` and `$unset`: a tree of fields, applied through documents and arrays. */
import { ServerError, fail, notSupported } from '../errors.ts';
import { compileExpression } from '../expression/expression.ts';
import type { Expression, Scope } from '../expression/scope.ts';
import { isDoc, type Doc } from '../values/document.ts';
import { isNumber, toNumber } from '../values/numbers.ts';

/** true: this field; a function: this computed value; a map: go on below. */
type Node = true | Expression | Tree;
type Tree = Map<string, Node>;
type Transform = (doc: Doc, variables: Doc) => Doc;

function plant(tree: Tree, path: string, leaf: Node): void {
  const parts = path.split('.');
  if (parts.includes('') || parts.includes('__proto__'))
    throw new ServerError(40353, `FieldPath '${path}' is not valid.`);
  if (parts.some((part) => part.startsWith('$'))) notSupported(`the projection '${path}'`);
  const last = parts.pop() ?? '';
  let at = tree;
  for (const name of parts) {
    const next = at.get(name) ?? new Map<string, Node>();
    if (!(next instanceof Map)) throw new ServerError(31250, `Path collision at ${path}`);
    at.set(name, next);
    at = next;
  }
  if (at.has(last)) throw new ServerError(31250, `Path collision at ${path}`);
  at.set(last, leaf);
}

const isFlag = (value: unknown): boolean => typeof value === 'boolean' || isNumber(value);
const isOn = (value: unknown): boolean => value === true || (isNumber(value) && toNumber(value) !== 0);
const isFields = (value: unknown): value is Doc =>
  isDoc(value) && Object.keys(value).length > 0 && !Object.keys(value)[0]?.startsWith('$');

/** `{a: {b: 1}}` means the same as `{'a.b': 1}`. */
function flatten(spec: Doc, prefix = ''): [string, unknown][] {
  return Object.entries(spec).flatMap(([name, value]) =>
    isFields(value) ? flatten(value, `${prefix}${name}.`) : [[prefix + name, value] as [string, unknown]],
  );
}

function keep(value: unknown, tree: Tree, scope: Scope): unknown {
  if (Array.isArray(value))
    return value.filter((item) => isDoc(item) || Array.isArray(item)).map((item) => keep(item, tree, scope));
  if (!isDoc(value)) return undefined;
  const result: Doc = {};
  for (const [name, field] of Object.entries(value)) {
    const node = tree.get(name);
    const kept = node === true ? field : node instanceof Map ? keep(field, node, scope) : undefined;
    if (kept !== undefined) result[name] = kept;
  }
  return result;
}

function drop(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((item) => drop(item, tree));
  if (!isDoc(value)) return value;
  const result: Doc = {};
  for (const [name, field] of Object.entries(value)) {
    const node = tree.get(name);
    if (node !== true) result[name] = node instanceof Map ? drop(field, node) : field;
  }
  return result;
}

/** Sets the computed fields of a tree; what is not a document on the way becomes one. */
function compute(value: unknown, tree: Tree, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => compute(item, tree, scope));
  const result: Doc = isDoc(value) ? { ...value } : {};
  for (const [name, node] of tree) {
    if (node === true) continue;
    const field = node instanceof Map ? compute(result[name], node, scope) : node(scope);
    if (field !== undefined) result[name] = field;
    else delete result[name];
  }
  return result;
}

const computed = (tree: Tree): Tree => {
  const kept = [...tree].map(([name, node]): [string, Node] => [name, node instanceof Map ? computed(node) : node]);
  return new Map(kept.filter(([, node]) => node !== true && !(node instanceof Map && !node.size)));
};

/** `$addFields` and `$set`. */
export function compileAddFields(spec: unknown): Transform {
  if (!isDoc(spec)) return fail(40272, '$addFields specification stage must be an object');
  const tree: Tree = new Map();
  for (const [path, value] of flatten(spec)) plant(tree, path, compileExpression(value));
  return (root, variables) => compute(root, tree, { root, variables }) as Doc;
}

export function compileUnset(spec: unknown): Transform {
  const tree: Tree = new Map();
  for (const path of Array.isArray(spec) ? spec : [spec]) {
    plant(
      tree,
      typeof path === 'string' ? path : fail(31002, '$unset specification must be a string or an array of strings'),
      true,
    );
  }
  return (doc) => drop(doc, tree) as Doc;
}

function assertOneMode(fields: readonly [string, unknown][], including: boolean): void {
  for (const [path, value] of fields) {
    if (!isFlag(value) || isOn(value) === including) continue;
    if (including) throw new ServerError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
    throw new ServerError(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
  }
}

export function compileProjection(spec: unknown): Transform {
  if (!isDoc(spec)) return fail(15969, '$project specification must be an object');
  const { _id: idFlag, ...rest } = spec;
  const fields = flatten(rest);
  const refused = Object.values(rest).find((value) => isDoc(value) && ('$elemMatch' in value || '$slice' in value));
  if (refused !== undefined) notSupported(`the projection ${JSON.stringify(refused)}`);
  const idOnly = !fields.length;
  const including = idOnly
    ? !isFlag(idFlag) || isOn(idFlag)
    : fields.some(([, value]) => !isFlag(value) || isOn(value));
  assertOneMode(fields, including);
  const tree: Tree = new Map();
  for (const [path, value] of fields) plant(tree, path, isFlag(value) ? true : compileExpression(value));
  if (idFlag !== undefined && !isFlag(idFlag)) tree.set('_id', compileExpression(idFlag));
  else if (including === (idFlag === undefined || isOn(idFlag))) tree.set('_id', true);
  if (!including) return (doc) => drop(doc, tree) as Doc;
  const added = computed(tree);
  return (root, variables) => {
    const kept = keep(root, tree, { root, variables }) as Doc;
    return added.size ? (compute(kept, added, { root, variables }) as Doc) : kept;
  };
}
