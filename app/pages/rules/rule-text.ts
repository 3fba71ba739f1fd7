// The text of a rule and the fields of the form, each made from the other. Comments and order of the text stay. Pure.
import { parseDocument } from 'yaml';

export interface RuleFields {
  name: string;
  mode: 'act' | 'suggest' | 'watch';
  by: 'link_tag' | 'link';
  value: string;
  window: string;
  threshold: string;
  pipeline: string;
  fromStage: string;
  toStage: string;
  requireContact: boolean;
  /** Empty: no minimum. */
  amountMin: string;
}

export type FieldName = keyof RuleFields;

/** Null: the text is not a block of fields yet. What is missing is read as empty, or as what it means when left out. */
export function readFields(text: string): RuleFields | null {
  const document = parseDocument(text);
  if (document.errors.length > 0) return null;
  const value: unknown = document.toJS();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const root = value as Tree;
  const [trigger, action] = [branch(root, 'trigger'), branch(root, 'action')];
  const guard = { ...branch(root, 'guard'), ...branch(action, 'guard') };
  const by = 'link' in trigger ? 'link' : 'link_tag';
  const mode = leaf(root.mode);
  return {
    name: leaf(root.name),
    mode: mode === 'suggest' || mode === 'watch' ? mode : 'act',
    by,
    value: leaf(trigger[by]),
    window: leaf(trigger.contact_window),
    threshold: leaf(trigger.click_threshold),
    pipeline: leaf(action.pipeline),
    fromStage: leaf(action.from_stage),
    toStage: leaf(action.to_stage),
    requireContact: guard.require_associated_contact !== false,
    amountMin: leaf(guard.deal_amount_min),
  };
}

/** The text with one field changed; unchanged when it cannot be read. */
export function writeField<Name extends FieldName>(text: string, name: Name, value: RuleFields[Name]): string {
  const document = parseDocument(text);
  if (document.errors.length > 0 || readFields(text) === null) return text;
  const guardAt = document.has('guard') ? ['guard'] : ['action', 'guard'];
  const set = (path: string[], next: unknown) => {
    if (next === '') document.deleteIn(path);
    else document.setIn(path, next);
  };
  switch (name) {
    case 'by': {
      const other = value === 'link' ? 'link_tag' : 'link';
      const known: unknown = document.getIn(['trigger', other]);
      document.deleteIn(['trigger', other]);
      document.setIn(['trigger', String(value)], known ?? '');
      break;
    }
    case 'value':
      document.setIn(['trigger', document.hasIn(['trigger', 'link']) ? 'link' : 'link_tag'], value);
      break;
    case 'threshold':
      document.setIn(['trigger', 'click_threshold'], asNumber(value as string));
      break;
    case 'requireContact':
      document.setIn([...guardAt, 'require_associated_contact'], value);
      break;
    case 'amountMin':
      set([...guardAt, 'deal_amount_min'], asNumber(value as string));
      break;
    default:
      set(places[name] ?? [], value);
  }
  return document.toString({ lineWidth: 0 });
}

const places: Partial<Record<FieldName, string[]>> = {
  name: ['name'],
  mode: ['mode'],
  window: ['trigger', 'contact_window'],
  pipeline: ['action', 'pipeline'],
  fromStage: ['action', 'from_stage'],
  toStage: ['action', 'to_stage'],
};

type Tree = Record<string, unknown>;

function branch(tree: Tree, name: string): Tree {
  const found = tree[name];
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Tree) : {};
}

function leaf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A number where it is one; otherwise the text as typed, which the server then finds fault with. */
function asNumber(text: string): number | string {
  const number = Number(text);
  return text.trim() === '' || !Number.isFinite(number) ? text : number;
}

/** The documents' example, in the mode that changes nothing. */
export const firstRule = `name: Sales collateral is being read
mode: watch
trigger:
  link_tag: "sales-collateral"   # all links tagged this way count
  contact_window: 30d            # rolling
  click_threshold: 5
action:
  type: advance_deal_stage
  pipeline: ""
  from_stage: ""
  to_stage: ""
  guard:
    require_associated_contact: true
`;
