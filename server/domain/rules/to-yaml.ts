// A rule written down again, so that what an editor shows is what a person would have written.
import { stringify } from 'yaml';
import type { Rule } from './rule.ts';
import { toWritten } from './written-rule.ts';

/** `parseRule(toYaml(rule))` is the rule again. Texts are quoted: an id of digits only stays text for every YAML reader. */
export function toYaml(rule: Rule): string {
  return stringify(toWritten(rule), {
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
}
