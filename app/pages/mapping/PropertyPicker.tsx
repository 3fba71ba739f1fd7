// Picks a property for a value: those that fit can be chosen, the others say why not.
import { useState } from 'react';
import { Dialog } from '../../components/Dialog.tsx';
import { Icon } from '../../components/Icon.tsx';
import type { FieldMappingRow, MappingSource, Property } from '../../api/contract.ts';
import { findProperties, labelOf, refusalOf } from './mapping-model.ts';

interface PropertyPickerProps {
  source: MappingSource;
  properties: readonly Property[];
  rows: readonly FieldMappingRow[];
  onPick: (property: string) => void;
  onClose: () => void;
}

const shownAtOnce = 80;

export function PropertyPicker({ source, properties, rows, onPick, onClose }: PropertyPickerProps) {
  const [text, setText] = useState('');
  const judged = findProperties(properties, text)
    .map((property) => ({ property, refusal: refusalOf(property, source, rows) }))
    .toSorted((a, b) => Number(a.refusal !== null) - Number(b.refusal !== null));
  const fitting = judged.filter(({ refusal }) => refusal === null).length;
  return (
    <Dialog
      title={`Where should ${labelOf(source)} go?`}
      description={`${fitting} properties can hold it.`}
      onClose={onClose}
    >
      <label>
        <span className="sr-only">Search properties</span>
        <input
          type="search"
          data-first
          className="input"
          placeholder="Search by label or name"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <ul className="mt-3 h-80 space-y-0.5 overflow-y-auto" aria-label="Properties">
        {judged.slice(0, shownAtOnce).map(({ property, refusal }) => (
          <li key={property.name}>
            <button
              type="button"
              disabled={refusal !== null}
              className="flex w-full items-start gap-2.5 rounded-lg px-2.5 py-2 text-left enabled:hover:bg-accent-soft disabled:cursor-not-allowed"
              onClick={() => onPick(property.name)}
            >
              <Icon name={refusal === null ? 'plus' : 'lock'} size={14} className="mt-1 text-muted" />
              <span className="min-w-0 flex-1">
                <span className={`block truncate ${refusal === null ? 'font-medium' : 'text-muted'}`}>
                  {property.label}
                </span>
                <span className="block truncate font-mono text-[0.6875rem] text-muted">{property.name}</span>
                {refusal !== null && <span className="block text-xs text-muted">{refusal}</span>}
              </span>
              <span className="mt-0.5 text-xs text-muted">{property.type}</span>
            </button>
          </li>
        ))}
        {judged.length === 0 && (
          <li className="py-8 text-center text-muted">
            No property matches. Make it in HubSpot, then read the properties again.
          </li>
        )}
      </ul>
    </Dialog>
  );
}
