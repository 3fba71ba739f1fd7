// The form of a rule: what is counted, where the deal goes, and what must be true. Pipelines and stages by their names.
import type { Pipeline } from '../../api/contract.ts';
import { TextField } from '../../components/Field.tsx';
import { Segments } from '../../components/Segments.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import type { RuleProblem } from './problems.ts';
import type { FieldName, RuleFields } from './rule-text.ts';
import { StageFields } from './StageFields.tsx';
import { modeWords } from './words.ts';

export interface RuleFormProps {
  fields: RuleFields;
  problems: readonly RuleProblem[];
  pipelines: readonly Pipeline[] | undefined;
  disabled: boolean;
  onChange: <Name extends FieldName>(name: Name, value: RuleFields[Name]) => void;
}

const modes = (['watch', 'suggest', 'act'] as const).map((value) => ({ value, label: modeWords[value].label }));
const kinds = [
  { value: 'link_tag', label: 'Links with a tag' },
  { value: 'link', label: 'One link' },
] as const;

export function RuleForm({ fields, problems, pipelines, disabled, onChange }: RuleFormProps) {
  const problem = (path: string) => problems.find((one) => one.path.endsWith(path))?.message;
  return (
    <fieldset disabled={disabled} className="space-y-4">
      <TextField
        label="Name"
        optional
        value={fields.name}
        maxLength={100}
        onChange={(name) => onChange('name', name)}
      />
      <div>
        <p className="mb-1 text-[0.8125rem] font-medium">What it does when it fires</p>
        <Segments label="Mode" value={fields.mode} options={modes} onChange={(mode) => onChange('mode', mode)} />
        <p className="mt-1 text-xs text-muted">{modeWords[fields.mode].hint}</p>
      </div>
      <div className="space-y-3">
        <div>
          <p className="mb-1 text-[0.8125rem] font-medium">What is counted</p>
          <Segments label="What is counted" value={fields.by} options={kinds} onChange={(by) => onChange('by', by)} />
        </div>
        <TextField
          label={fields.by === 'link' ? 'Link' : 'Tag'}
          hint={fields.by === 'link' ? 'Its slug, id or short address.' : 'Every link that carries it counts.'}
          value={fields.value}
          error={problem(fields.by)}
          onChange={(value) => onChange('value', value)}
        />
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label="Clicks"
            inputMode="numeric"
            value={fields.threshold}
            error={problem('click_threshold')}
            onChange={(threshold) => onChange('threshold', threshold)}
          />
          <TextField
            label="Within"
            hint="30d, 12h or 90m"
            value={fields.window}
            error={problem('contact_window')}
            onChange={(window) => onChange('window', window)}
          />
        </div>
      </div>
      <StageFields fields={fields} problem={problem} pipelines={pipelines} onChange={onChange} />
      <Toggle
        label="Only clicks of the deal's contacts"
        hint="Off: clicks of people nobody knows count beside them."
        checked={fields.requireContact}
        disabled={disabled}
        onChange={(on) => onChange('requireContact', on)}
      />
      <TextField
        label="Smallest amount of the deal"
        optional
        inputMode="decimal"
        value={fields.amountMin}
        error={problem('deal_amount_min')}
        onChange={(amount) => onChange('amountMin', amount)}
      />
    </fieldset>
  );
}
