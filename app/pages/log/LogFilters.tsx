// What narrows the log: state, kind, verdict, time, link and contact; and the way to one event by its id.
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { SearchBox } from '../../components/SearchBox.tsx';
import { Segments } from '../../components/Segments.tsx';
import { spans, type LogFilter } from './log-filter.ts';
import { stateWords, verdictWords } from './states.ts';

interface LogFiltersProps {
  filter: LogFilter;
  onChange: (change: LogFilter) => void;
}

const choices = [
  {
    name: 'state',
    label: 'State',
    all: 'Every state',
    options: Object.entries(stateWords).map(([value, { label }]) => ({ value, label })),
  },
  {
    name: 'kind',
    label: 'Kind',
    all: 'Clicks and conversions',
    options: [
      { value: 'click', label: 'Clicks' },
      { value: 'conversion', label: 'Conversions' },
    ],
  },
  {
    name: 'verdict',
    label: 'Verdict',
    all: 'People and machines',
    options: Object.entries(verdictWords).map(([value, label]) => ({ value, label })),
  },
] as const;
const chips = [
  { name: 'link', label: 'Link' },
  { name: 'contact_id', label: 'Contact' },
  { name: 'reason', label: 'Reason' },
  { name: 'connection_id', label: 'Connection' },
] as const;

export function LogFilters({ filter, onChange }: LogFiltersProps) {
  return (
    <search className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-3 sm:px-5">
      <FindEvent />
      {choices.map(({ name, label, all, options }) => (
        <Choice
          key={name}
          label={label}
          all={all}
          value={filter[name]}
          options={options}
          onChange={(value) => onChange({ [name]: value })}
        />
      ))}
      <Segments label="Time" value={filter.span ?? 'any'} options={spans} onChange={(span) => onChange({ span })} />
      {chips.map(({ name, label }) => {
        const value = filter[name];
        return (
          value !== undefined && (
            <button
              key={name}
              type="button"
              className="inline-flex items-center gap-1.5 rounded-full bg-accent-soft px-2.5 py-1 text-xs font-medium text-accent-strong"
              onClick={() => onChange({ [name]: undefined })}
            >
              {label}: {value} <Icon name="close" size={12} />
              <span className="sr-only">Stop filtering by it</span>
            </button>
          )
        );
      })}
    </search>
  );
}

interface ChoiceProps {
  label: string;
  all: string;
  value: string | undefined;
  options: readonly { value: string; label: string }[];
  onChange: (value: string | undefined) => void;
}

function Choice({ label, all, value, options, onChange }: ChoiceProps) {
  return (
    <label className="min-w-0 max-sm:flex-1 max-sm:basis-40">
      <span className="sr-only">{label}</span>
      <select
        className="input"
        value={value ?? ''}
        onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value)}
      >
        <option value="">{all}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** "Why is this click not on the timeline?" begins with its id. */
function FindEvent() {
  const [id, setId] = useState('');
  const navigate = useNavigate();
  const go = (event: FormEvent) => {
    event.preventDefault();
    if (id.trim() !== '') void navigate(encodeURIComponent(id.trim()));
  };
  return (
    <form className="flex min-w-0 flex-1 basis-64 gap-2 sm:max-w-sm" onSubmit={go}>
      <SearchBox
        label="Click or conversion id"
        placeholder="Missing a click? Its id"
        value={id}
        maxLength={128}
        onChange={setId}
      />
      <Button type="submit" size="small">
        Find
      </Button>
    </form>
  );
}
