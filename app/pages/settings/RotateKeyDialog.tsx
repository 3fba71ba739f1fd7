// Replaces a key: the new one is shown once, the old one goes on working until the programs have changed over.
import { useState } from 'react';
import { SelectField } from '../../components/Field.tsx';
import { FormDialog } from '../../components/FormDialog.tsx';
import { sayExactly } from '../../components/say.ts';
import type { ApiKey } from '../../api/contract.ts';
import { useRotateApiKey } from '../../api/settings.ts';
import { ShownOnceDialog } from './ShownOnceDialog.tsx';

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
      <ShownOnceDialog
        title={`The new key of ${apiKey.name}`}
        secret={key}
        what="API key"
        done="I have copied it"
        onClose={onClose}
      >
        {previous.ends_at === null || grace === '0'
          ? 'The old key does not work any more.'
          : `The old key works until ${sayExactly(previous.ends_at)}.`}
      </ShownOnceDialog>
    );
  }
  return (
    <FormDialog
      title={`Rotate ${apiKey.name}`}
      description="A new key with the same rights. Change your programs over while the old one still works."
      size="small"
      submit="Rotate the key"
      isBusy={rotate.isPending}
      error={rotate.error?.message}
      onSubmit={() => rotate.mutate({ id: apiKey.id, graceHours: Number(grace) })}
      onClose={onClose}
    >
      <SelectField label="The old key" value={grace} options={graces} onChange={setGrace} />
    </FormDialog>
  );
}
