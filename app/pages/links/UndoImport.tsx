// The way back from an import: the links it made that nobody has clicked are archived, however many portions that takes.
import { useState } from 'react';
import type { LinkImport } from '../../api/contract.ts';
import { useUndoImport } from '../../api/links.ts';
import { Button } from '../../components/Button.tsx';
import { Callout } from '../../components/Callout.tsx';
import { plural } from '../../components/say.ts';
import { wordsOf } from '../../components/States.tsx';

export function UndoImport({ linkImport: { id, created } }: { linkImport: LinkImport }) {
  const [archived, setArchived] = useState(0);
  const undo = useUndoImport(setArchived);
  if (id === null || created === 0) return null;
  if (undo.data) {
    const { kept } = undo.data;
    return (
      <div className="mt-3">
        <Callout tone="info" announce title={`Taken back: ${plural(undo.data.archived, 'link')} archived.`}>
          {kept > 0 && <p>{plural(kept, 'link')} stayed, because somebody clicked already.</p>}
          <p>Importing the file again brings archived links back.</p>
        </Callout>
      </div>
    );
  }
  return (
    <div className="mt-4 flex flex-wrap items-center justify-between gap-3 border-t border-line pt-4">
      <p className="min-w-0 flex-1 basis-56 text-[0.8125rem] text-muted">
        {undo.isPending
          ? `${plural(archived, 'link')} archived so far`
          : 'Not what you wanted? Links that nobody has clicked yet are archived.'}
      </p>
      <Button size="small" icon="undo" busy={undo.isPending} onClick={() => undo.mutate(id)}>
        Take the import back
      </Button>
      {undo.error && (
        <Callout tone="bad" announce title="It was not taken back to the end">
          {wordsOf(undo.error)} Press again: it goes on where it stopped.
        </Callout>
      )}
    </div>
  );
}
