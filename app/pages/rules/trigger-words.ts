// What starts a rule, in words. Reads its text, so it comes with the YAML reader.
import { plural } from '../../components/say.ts';
import { readFields } from './rule-text.ts';

/** "5 clicks on links tagged sales-collateral within 30 days" */
export function triggerWords(text: string): string {
  const fields = readFields(text);
  if (!fields) return 'Not readable';
  const what = fields.by === 'link' ? `on ${fields.value}` : `on links tagged ${fields.value}`;
  const clicks = fields.threshold === '1' ? '1 click' : `${fields.threshold} clicks`;
  return `${clicks} ${what} within ${windowWords(fields.window)}`;
}

const units: Record<string, string> = { d: 'day', h: 'hour', m: 'minute' };

/** "30d" is "30 days"; what a rule does not take stays as it is. */
function windowWords(window: string): string {
  const [, count = '', unit = ''] = /^(\d+)([dhm])$/.exec(window.trim()) ?? [];
  const name = units[unit];
  return name ? plural(Number(count), name) : window;
}
