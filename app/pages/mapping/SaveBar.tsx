// Sticks to the bottom while there are unsaved changes.
import { Button } from '../../components/Button.tsx';
import { plural } from '../../components/say.ts';

interface SaveBarProps {
  changes: number;
  busy: boolean;
  error: string | undefined;
  onDiscard: () => void;
  onSave: () => void;
}

export function SaveBar({ changes, busy, error, onDiscard, onSave }: SaveBarProps) {
  return (
    <div
      role="region"
      aria-label="Unsaved changes"
      className="float-in sticky bottom-3 z-10 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-line bg-raised px-4 py-3 shadow-float"
    >
      <p className="flex-1">
        <span className="font-medium">{plural(changes, 'unsaved change')}</span>
        {error && (
          <span role="alert" className="block text-bad">
            {error}
          </span>
        )}
      </p>
      <Button onClick={onDiscard}>Discard</Button>
      <Button tone="primary" busy={busy} onClick={onSave}>
        Save the mapping
      </Button>
    </div>
  );
}
