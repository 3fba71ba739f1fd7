// Another mode for a rule leaves the rest of its text to the letter.
import { describe, expect, it } from 'vitest';
import { parseRule } from '../../../server/domain/rules/parse-rule.ts';
import { withMode } from '../../../server/domain/rules/with-mode.ts';

const rest = `trigger: # what counts
  link_tag: sales-collateral
  contact_window: 30d
  click_threshold: 5
action:
  type: advance_deal_stage
  pipeline: 007
  from_stage: "1"
  to_stage: "2"
`;
const json =
  '{"trigger":{"link_tag":"a","contact_window":"30d","click_threshold":5},"action":{"type":"advance_deal_stage","pipeline":"p","from_stage":"1","to_stage":"2"}}';

const cases: [string, string, string][] = [
  ['is put first where none was written', rest, `mode: watch\n${rest}`],
  ['stands behind a comment at the top', `# ours\n${rest}`, `# ours\nmode: watch\n${rest}`],
  ['replaces the one that was written', `mode: act # for now\n${rest}`, `mode: watch # for now\n${rest}`],
  ['replaces a quoted one', `mode: "act"\n${rest}`, `mode: watch\n${rest}`],
  ['is put into JSON', json, json.replace('{', '{"mode": "watch", ')],
  ['replaces the one in JSON', json.replace('{', '{"mode":"act",'), json.replace('{', '{"mode":"watch",')],
];

describe('another mode', () => {
  it.each(cases)('%s', (_name, text, wanted) => {
    const changed = withMode(text, 'watch');
    expect(changed).toBe(wanted);
    const [before, after] = [parseRule(text), parseRule(changed)];
    if ('problems' in before || 'problems' in after) throw new Error(JSON.stringify({ before, after }));
    expect(after.rule).toEqual({ ...before.rule, mode: 'watch' });
  });
});
