// Takes a file: by choosing it or by dropping it.
import { useRef, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { saveFile } from '../../components/save-file.ts';
import { template } from './read-links-file.ts';

export function FilePicker({ name, onChoose }: { name: string | null; onChoose: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) onChoose(file);
    if (input.current) input.current.value = '';
  };
  return (
    <div
      className={`flex flex-wrap items-center justify-center gap-x-4 gap-y-3 rounded-xl border-2 border-dashed px-4 py-6 ${isOver ? 'border-accent bg-accent-soft' : 'border-line'}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <Icon name="upload" size={24} className="text-muted" />
      <p className="min-w-0">
        <span className="block truncate font-medium">{name ?? 'Drop a CSV file here'}</span>
        <span className="text-muted">up to 10,000 rows, 2 MB</span>
      </p>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        aria-label="CSV file"
        className="sr-only"
        onChange={(event) => take(event.currentTarget.files)}
      />
      <Button onClick={() => input.current?.click()}>{name === null ? 'Choose a file' : 'Choose another'}</Button>
      {name === null && (
        <Button
          tone="quiet"
          icon="download"
          onClick={() => saveFile('links.csv', new Blob([template], { type: 'text/csv' }))}
        >
          Get a template
        </Button>
      )}
    </div>
  );
}
