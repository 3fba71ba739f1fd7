// The five UTM values, suggestions while typing, hints with a fix, and the address a visitor arrives at.
import { useId } from 'react';
import { TextField } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { arrivalOf, utmNames, type UtmName, type UtmValues } from './addresses.ts';
import { suggestions, utmHints } from './utm-hints.ts';

const labels: Record<UtmName, string> = {
  source: 'Source',
  medium: 'Medium',
  campaign: 'Campaign',
  content: 'Content',
  term: 'Term',
};
const examples: Record<UtmName, string> = {
  source: 'newsletter',
  medium: 'email',
  campaign: 'q2-pricing',
  content: 'button-top',
  term: 'short links',
};

interface UtmBuilderProps {
  destination: string;
  utm: UtmValues;
  error: string | undefined;
  onChange: (utm: UtmValues) => void;
}

export function UtmBuilder({ destination, utm, error, onChange }: UtmBuilderProps) {
  const id = useId();
  const hints = utmHints(destination, utm);
  const arrival = arrivalOf(destination, utm);
  const set = (name: UtmName, value: string) => onChange({ ...utm, [name]: value });
  return (
    <fieldset className="rounded-xl border border-line p-4">
      <legend className="-ml-1 px-1 text-[0.8125rem] font-medium">
        UTM values <span className="font-normal text-muted">(optional)</span>
      </legend>
      <div className="grid gap-3 sm:grid-cols-3">
        {utmNames.map((name) => (
          <div key={name}>
            <TextField
              label={labels[name]}
              maxLength={255}
              placeholder={examples[name]}
              list={suggestions[name].length > 0 ? `${id}-${name}` : undefined}
              value={utm[name]}
              onChange={(value) => set(name, value)}
            />
            {suggestions[name].length > 0 && (
              <datalist id={`${id}-${name}`}>
                {suggestions[name].map((value) => (
                  <option key={value} value={value} />
                ))}
              </datalist>
            )}
          </div>
        ))}
      </div>
      {error && <p className="mt-2 text-xs font-medium text-bad">{error}</p>}
      <ul className="mt-3 space-y-1 text-xs" aria-label="Hints about the UTM values" aria-live="polite">
        {hints.map(({ name, words, fix }) => (
          <li key={`${name} ${words}`} className="flex flex-wrap items-baseline gap-x-1.5 text-warn">
            <Icon name="info" size={12} className="translate-y-0.5" />
            <span>
              <span className="font-medium">{labels[name]}:</span> {words}
            </span>
            {fix !== undefined && (
              <button type="button" className="link" onClick={() => set(name, fix)}>
                Use {fix}
              </button>
            )}
          </li>
        ))}
      </ul>
      <p className="mt-3 text-xs font-medium text-muted">A visitor arrives at</p>
      <p className="mt-1 min-h-9 rounded-lg bg-sunken px-3 py-2 font-mono text-xs break-all">
        {arrival ?? <span className="text-muted">the destination, once it is a complete address</span>}
      </p>
    </fieldset>
  );
}
