// What starts a rule, in words. Reads its text, so it comes with the YAML reader.
import { readFields } from './rule-text.ts';

/** "5 clicks on links tagged sales-collateral within 30d" */
export function triggerWords(text: string): string {
  const fields = readFields(text);
  if (!fields) return 'Not readable';
  const what = fields.by === 'link' ? `on ${fields.value}` : `on links tagged ${fields.value}`;
  return `${fields.threshold} clicks ${what} within ${fields.window}`;
}
