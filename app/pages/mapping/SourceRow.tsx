// One value and the properties it fills; properties can be dropped on it or picked.
import { useState } from 'react';
import { Button, IconButton } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import type { FieldMappingRow, Property } from '../../api/contract.ts';
import { refusalOf, type sourceTexts } from './mapping-model.ts';

interface SourceRowProps {
  text: (typeof sourceTexts)[number];
  rows: readonly FieldMappingRow[];
  properties: readonly Property[];
  /** What is being dragged right now. */
  dragged: Property | null;
  canWrite: boolean;
  onPick: () => void;
  onTake: (property: string) => void;
  onRemove: (property: string) => void;
}

export function SourceRow({ text, rows, properties, dragged, canWrite, onPick, onTake, onRemove }: SourceRowProps) {
  const [isOver, setOver] = useState(false);
  const { source, label, words, example } = text;
  const targets = rows.filter((row) => row.source === source);
  const fits = dragged !== null && refusalOf(dragged, source, rows) === null;
  const look =
    dragged === null
      ? ''
      : fits
        ? isOver
          ? 'bg-accent-soft ring-2 ring-accent ring-inset'
          : 'bg-accent-soft/40'
        : 'opacity-45';
  return (
    <li
      className={`flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5 ${look}`}
      onDragOver={(event) => {
        if (!fits) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (fits) onTake(dragged.name);
      }}
    >
      <div className="min-w-0 basis-40 max-sm:basis-full">
        <p className="font-medium">{label}</p>
        <p className="text-xs text-muted">
          {words} <span className="font-mono">{example}</span>
        </p>
      </div>
      <ul className="flex min-w-0 flex-1 flex-wrap gap-1.5" aria-label={`Properties that ${label} fills`}>
        {targets.map(({ property }) => (
          <Target
            key={property}
            name={property}
            property={properties.find((one) => one.name === property)}
            canWrite={canWrite}
            onRemove={() => onRemove(property)}
          />
        ))}
        {targets.length === 0 && <li className="text-[0.8125rem] text-muted">goes nowhere</li>}
      </ul>
      {canWrite && (
        <Button size="small" icon="plus" onClick={onPick}>
          Add<span className="sr-only"> a property for {label}</span>
        </Button>
      )}
    </li>
  );
}

interface TargetProps {
  name: string;
  property: Property | undefined;
  canWrite: boolean;
  onRemove: () => void;
}

function Target({ name, property, canWrite, onRemove }: TargetProps) {
  const isBroken = property === undefined || !property.mappable;
  return (
    <li
      className={`inline-flex max-w-full items-center gap-1.5 rounded-lg border py-0.5 pr-0.5 pl-2 ${isBroken ? 'border-bad text-bad' : 'border-line bg-sunken'}`}
      title={property?.reason ?? name}
    >
      {isBroken && <Icon name="warn" size={14} />}
      <span className="min-w-0">
        <span className="block truncate text-[0.8125rem] leading-tight">{property?.label ?? name}</span>
        <span className="block truncate font-mono text-[0.6875rem] leading-tight text-muted">
          {property ? `${name} · ${property.type}` : 'not in this account'}
        </span>
      </span>
      {canWrite ? (
        <IconButton
          name={`Stop filling ${property?.label ?? name}`}
          icon="close"
          className="size-7!"
          onClick={onRemove}
        />
      ) : (
        <span className="w-1.5" />
      )}
    </li>
  );
}
