// The contact properties of the account, to look through and to drag from. What cannot be written says why.
import { useState } from 'react';
import { IconButton } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Card } from '../../components/Page.tsx';
import { useToast } from '../../components/Toasts.tsx';
import { When } from '../../components/When.tsx';
import type { FieldMappingRow, PropertyList } from '../../api/contract.ts';
import { useRefreshProperties } from '../../api/mapping.ts';
import { findProperties, labelOf } from './mapping-model.ts';

interface PropertyPanelProps {
  connectionId: string;
  list: PropertyList;
  rows: readonly FieldMappingRow[];
  canWrite: boolean;
  onDrag: (property: string | null) => void;
}

const shownAtOnce = 60;

export function PropertyPanel({ connectionId, list, rows, canWrite, onDrag }: PropertyPanelProps) {
  const [text, setText] = useState('');
  const refresh = useRefreshProperties(connectionId);
  const { toast, toastError } = useToast();
  const found = findProperties(list.properties, text);
  return (
    <Card
      title="Contact properties"
      description={
        <>
          Read from HubSpot <When at={list.read_at} />.{' '}
          {canWrite && <span className="max-lg:hidden">Drag one onto a value.</span>}
        </>
      }
      actions={
        <IconButton
          name="Read them again"
          icon="refresh"
          busy={refresh.isPending}
          onClick={() =>
            refresh.mutate(undefined, {
              onSuccess: ({ properties }) => toast({ title: `${properties.length} properties read` }),
              onError: (error) => toastError('The properties could not be read', error),
            })
          }
        />
      }
      flush
      className="self-start lg:sticky lg:top-4"
    >
      <div className="px-4 pb-3 sm:px-5">
        <label>
          <span className="sr-only">Search properties</span>
          <input
            type="search"
            className="input"
            placeholder="Search by label or name"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </label>
      </div>
      <ul
        className="max-h-112 divide-y divide-line overflow-y-auto overscroll-contain border-t border-line"
        aria-label="Contact properties"
        tabIndex={0}
      >
        {found.slice(0, shownAtOnce).map((property) => {
          const { name, label, type, mappable, reason, read_only: isReadOnly } = property;
          const taken = rows.find((row) => row.property === name);
          const isFree = mappable && !taken && canWrite;
          return (
            <li
              key={name}
              draggable={isFree}
              onDragStart={(event) => {
                event.dataTransfer.setData('text/plain', name);
                event.dataTransfer.effectAllowed = 'link';
                onDrag(name);
              }}
              onDragEnd={() => onDrag(null)}
              className={`flex items-start gap-2 px-4 py-2 sm:px-5 ${isFree ? 'hover:bg-sunken/60 lg:cursor-grab' : ''}`}
            >
              <Icon
                name={mappable ? 'grip' : 'lock'}
                size={14}
                className={`mt-1 ${isFree ? 'text-muted max-lg:invisible' : mappable ? 'invisible' : 'text-muted/70'}`}
              />
              <div className="min-w-0 flex-1">
                <p className="truncate">{label}</p>
                <p className="truncate font-mono text-[0.6875rem] text-muted">{name}</p>
                {!mappable && <p className="text-xs text-muted">{reason}</p>}
                {taken && <p className="text-xs text-accent">filled by {labelOf(taken.source)}</p>}
              </div>
              <span className="mt-0.5 text-xs text-muted">{isReadOnly ? 'read-only' : type}</span>
            </li>
          );
        })}
        {found.length === 0 && <li className="px-5 py-6 text-center text-muted">No property matches.</li>}
        {found.length > shownAtOnce && (
          <li className="px-5 py-2 text-center text-xs text-muted">
            and {found.length - shownAtOnce} more: search for them
          </li>
        )}
      </ul>
    </Card>
  );
}
