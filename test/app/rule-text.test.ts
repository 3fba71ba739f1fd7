import { describe, expect, it } from 'vitest';
import { parseRule } from '../../server/domain/rules/parse-rule.ts';
import { firstRule, readFields, writeField, type FieldName, type RuleFields } from '../../app/pages/rules/rule-text.ts';
import { thresholdsAround } from '../../app/pages/rules/thresholds.ts';

const documented = `trigger:
  link_tag: "sales-collateral"   # all links tagged this way count
  contact_window: 30d            # rolling
  click_threshold: 50
action:
  type: advance_deal_stage
  pipeline: "default"
  from_stage: "appointmentscheduled"
  to_stage: "qualifiedtobuy"
  guard:
    require_associated_contact: true
    deal_amount_min: 5000        # only deals worth advancing
`;

const changes: [FieldName, RuleFields[FieldName]][] = [
  ['name', 'Pricing'],
  ['mode', 'suggest'],
  ['value', 'pricing'],
  ['window', '12h'],
  ['threshold', '7'],
  ['pipeline', '007'],
  ['fromStage', 'a'],
  ['toStage', 'b'],
  ['requireContact', false],
  ['amountMin', '0.5'],
  ['by', 'link'],
];

describe('form and text of a rule', () => {
  it('reads the documented rule into the form', () => {
    expect(readFields(documented)).toEqual({
      name: '',
      mode: 'act',
      by: 'link_tag',
      value: 'sales-collateral',
      window: '30d',
      threshold: '50',
      pipeline: 'default',
      fromStage: 'appointmentscheduled',
      toStage: 'qualifiedtobuy',
      requireContact: true,
      amountMin: '5000',
    });
  });

  it.each(changes)(
    'a change of %s in the form is in the text, and the rest of the text is as it was',
    (name, value) => {
      const text = writeField(documented, name, value);
      expect(readFields(text)).toEqual({ ...readFields(documented), [name]: value });
      expect(text).toContain('# only deals worth advancing');
    },
  );

  it('what the form writes is a rule for the server', () => {
    const text = changes.reduce((known, [name, value]) => writeField(known, name, value), documented);
    const parsed = parseRule(text);
    expect(parsed).toMatchObject({ rule: { name: 'Pricing', mode: 'suggest' } });
    expect(JSON.stringify(parsed)).toContain('"007"');
  });

  it('leaves a text alone that cannot be read', () => {
    expect(readFields('trigger: [')).toBeNull();
    expect(writeField('trigger: [', 'name', 'x')).toBe('trigger: [');
    expect(readFields('- a list')).toBeNull();
  });

  it('changes a guard where it stands', () => {
    const top = `${documented.split('  guard:')[0] ?? ''}guard:\n  deal_amount_min: 1\n`;
    expect(writeField(top, 'amountMin', '2')).toContain('\nguard:\n  deal_amount_min: 2\n');
  });

  it('takes a minimum away when the field is emptied', () => {
    expect(writeField(documented, 'amountMin', '')).not.toContain('deal_amount_min');
  });

  it('begins with a draft that only lacks the stages', () => {
    const parsed = parseRule(firstRule);
    const paths = 'problems' in parsed ? parsed.problems.map(({ path }) => path) : [];
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) expect(path).toMatch(/pipeline|stage/);
  });
});

describe('the thresholds of a rehearsal', () => {
  it.each([1, 3, 50, 4_321, 100_000])('around %d: ascending, the written one among them, at most 50', (threshold) => {
    const tried = thresholdsAround(threshold);
    expect(tried).toContain(threshold);
    expect(tried.length).toBeLessThanOrEqual(50);
    expect(tried).toEqual([...new Set(tried)].sort((a, b) => a - b));
    expect(Math.max(...tried)).toBeLessThanOrEqual(100_000);
  });
});
