// The text of a rule with another mode: everything else stays to the letter, comments too. Pure.
import { isMap, isScalar, parseDocument } from 'yaml';
import type { RuleMode } from './rule.ts';

/** The text must be one that `parseRule` accepts. Where no mode was written it is put first. */
export function withMode(text: string, mode: RuleMode): string {
  const root = parseDocument(text).contents;
  if (!isMap(root)) return text;
  const isJson = root.flow === true;
  const word = isJson ? JSON.stringify(mode) : mode;
  const written = root.items.find(({ key }) => isScalar(key) && key.value === 'mode')?.value;
  if (isScalar(written) && written.range) {
    const [start, end] = written.range;
    return `${text.slice(0, start)}${start === end ? ' ' : ''}${word}${text.slice(end)}`;
  }
  const at = root.range?.[0] ?? 0;
  if (isJson) return `${text.slice(0, at + 1)}"mode": ${word}, ${text.slice(at + 1)}`;
  return `${text.slice(0, at)}mode: ${word}\n${text.slice(at)}`;
}
