// The draft of a mapping: values on the left take properties from the right, by drag or by pick. Saved as a whole; leaving asks first.
import { useState } from 'react';
import { Card } from '../../components/Page.tsx';
import { useToast } from '../../components/Toasts.tsx';
import { formError } from '../../components/use-form.ts';
import { useUnsavedGuard } from '../../components/use-unsaved-guard.tsx';
import type { Connection, FieldMappingRow, MappingSource, PropertyList } from '../../api/contract.ts';
import { useSaveFieldMapping } from '../../api/mapping.ts';
import { useCan } from '../../api/session.ts';
import { changesBetween, sourceTexts, withoutProperty, withRow } from './mapping-model.ts';
import { PropertyPanel } from './PropertyPanel.tsx';
import { PropertyPicker } from './PropertyPicker.tsx';
import { SaveBar } from './SaveBar.tsx';
import { SourceRow } from './SourceRow.tsx';
import { TryCard } from './TryCard.tsx';

interface MappingEditorProps {
  connection: Connection;
  saved: FieldMappingRow[];
  list: PropertyList;
}

export function MappingEditor({ connection, saved, list }: MappingEditorProps) {
  const canWrite = useCan('connections:write');
  const [rows, setRows] = useState(saved);
  const [picking, setPicking] = useState<MappingSource | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const save = useSaveFieldMapping(connection.id);
  const { toast } = useToast();
  const changes = changesBetween(saved, rows);
  const guard = useUnsavedGuard(changes > 0);
  const property = list.properties.find(({ name }) => name === dragged) ?? null;

  const submit = () =>
    save.mutate(rows, {
      onSuccess: (mapping) => {
        setRows(mapping.rows);
        toast({ title: 'The mapping is saved', detail: 'It holds for clicks and conversions from now on.' });
      },
    });

  return (
    <div className="space-y-4 sm:space-y-5">
      <div className="grid grid-cols-1 gap-4 sm:gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Card
          title="Values and where they go"
          description="A value may fill several properties; a property takes one value."
          flush
          className="self-start"
        >
          <ul className="divide-y divide-line border-t border-line">
            {sourceTexts.map((text) => (
              <SourceRow
                key={text.source}
                text={text}
                rows={rows}
                properties={list.properties}
                dragged={property}
                canWrite={canWrite}
                onPick={() => setPicking(text.source)}
                onTake={(name) => setRows(withRow(rows, text.source, name))}
                onRemove={(name) => setRows(withoutProperty(rows, name))}
              />
            ))}
          </ul>
        </Card>
        <PropertyPanel connectionId={connection.id} list={list} rows={rows} canWrite={canWrite} onDrag={setDragged} />
      </div>
      <TryCard connectionId={connection.id} rows={rows} isDraft={changes > 0} />
      {changes > 0 && (
        <SaveBar
          changes={changes}
          busy={save.isPending}
          error={formError(save.error, [])}
          onDiscard={() => {
            save.reset();
            setRows(saved);
          }}
          onSave={submit}
        />
      )}
      {picking !== null && (
        <PropertyPicker
          source={picking}
          properties={list.properties}
          rows={rows}
          onPick={(name) => {
            setRows(withRow(rows, picking, name));
            setPicking(null);
          }}
          onClose={() => setPicking(null)}
        />
      )}
      {guard}
    </div>
  );
}
