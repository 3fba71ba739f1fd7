// Replaces a key: the new one is shown once, the old one goes on working until the programs have changed over.
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Callout } from '../../components/Callout.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { SelectField } from '../../components/Field.tsx';
import { sayExactly } from '../../components/say.ts';
import type { ApiKey } from '../../api/contract.ts';
import { useRotateApiKey } from '../../api/settings.ts';
import { ShownOnce } from './ShownOnce.tsx';

const graces = [
  { value: '0', label: 'ends at once' },
  { value: '1', label: 'works for another hour' },
  { value: '24', label: 'works for another day' },
  { value: '168', label: 'works for another week' },
] as const;

export function RotateKeyDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const [grace, setGrace] = useState('24');
  const rotate = useRotateApiKey();
  if (rotate.data) {
    const { key, previous } = rotate.data;
    return (
      <Dialog
        title={`The new key of ${apiKey.name}`}
        onClose={onClose}
        footer={
          <Button tone="primary" onClick={onClose}>
            I have copied it
          </Button>
        }
      >
        <ShownOnce secret={key} what="API key">
          {previous.ends_at === null || grace === '0'
            ? 'The old key does not work any more.'
            : `The old key works until ${sayExactly(previous.ends_at)}.`}
        </ShownOnce>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={`Rotate ${apiKey.name}`}
      description="A new key with the same rights. Change your programs over while the old one still works."
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            tone="primary"
            busy={rotate.isPending}
            onClick={() => rotate.mutate({ id: apiKey.id, graceHours: Number(grace) })}
          >
            Rotate the key
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        {rotate.error && (
          <Callout tone="bad" announce>
            {rotate.error.message}
          </Callout>
        )}
        <SelectField label="The old key" value={grace} options={graces} onChange={setGrace} />
      </div>
    </Dialog>
  );
}
