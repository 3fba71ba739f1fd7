// From which stage to which, in which pipeline: names to choose from, or ids while the account does not answer.
import type { Pipeline } from '../../api/contract.ts';
import { SelectField, TextField } from '../../components/Field.tsx';
import type { RuleFormProps } from './RuleForm.tsx';

interface StageFieldsProps extends Pick<RuleFormProps, 'fields' | 'pipelines' | 'onChange'> {
  problem: (path: string) => string | undefined;
}

const parts = [
  { name: 'fromStage', label: 'From stage', path: 'from_stage' },
  { name: 'toStage', label: 'To stage', path: 'to_stage' },
] as const;

export function StageFields({ fields, problem, pipelines, onChange }: StageFieldsProps) {
  if (!pipelines) {
    return (
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label="Pipeline"
          className="sm:col-span-2"
          value={fields.pipeline}
          error={problem('pipeline')}
          onChange={(id) => onChange('pipeline', id)}
        />
        {parts.map(({ name, label, path }) => (
          <TextField
            key={name}
            label={label}
            value={fields[name]}
            error={problem(path)}
            onChange={(id) => onChange(name, id)}
          />
        ))}
      </div>
    );
  }
  const stages = pipelines.find(({ id }) => id === fields.pipeline)?.stages ?? [];
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <SelectField
        label="Pipeline"
        className="sm:col-span-2"
        value={fields.pipeline}
        error={problem('pipeline')}
        options={withUnknown(pipelines, fields.pipeline)}
        onChange={(id) => onChange('pipeline', id)}
      />
      {parts.map(({ name, label, path }) => (
        <SelectField
          key={name}
          label={label}
          value={fields[name]}
          error={problem(path)}
          options={withUnknown(stages, fields[name])}
          onChange={(id) => onChange(name, id)}
        />
      ))}
    </div>
  );
}

/** What is written stays visible, even if the account has no such thing, or has not said yet what it has. */
function withUnknown(known: readonly Pick<Pipeline, 'id' | 'label'>[], value: string) {
  const options = known.map(({ id, label }) => ({ value: id, label }));
  if (options.some((option) => option.value === value)) return options;
  const label = known.length === 0 ? value : `${value} (not in the account)`;
  return [{ value, label: value === '' ? 'Choose…' : label }, ...options];
}
