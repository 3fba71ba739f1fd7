// /links/import: many links from a CSV file. First a dry run by the server, then the import with its progress; nothing is made unseen.
import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { Button } from '../../components/Button.tsx';
import { Callout } from '../../components/Callout.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { plural } from '../../components/say.ts';
import { Loading, wordsOf } from '../../components/States.tsx';
import { useImport, useStartImport } from '../../api/links.ts';
import { FilePicker } from './FilePicker.tsx';
import { ImportOutcome, ImportProgress } from './ImportOutcome.tsx';
import { ImportPreview } from './ImportPreview.tsx';
import { UndoImport } from './UndoImport.tsx';
import { readLinksFile, type LinksFile } from './read-links-file.ts';

export function ImportDialog() {
  const navigate = useNavigate();
  const { search, state } = useLocation();
  const [file, setFile] = useState<LinksFile | null>(null);
  const [readError, setReadError] = useState<unknown>(null);
  const dryRun = useStartImport();
  const start = useStartImport();
  const runningId = start.data?.id ?? null;
  const { data: running } = useImport(runningId);
  const close = () => void navigate({ pathname: '/links', search }, { state });

  const choose = async (chosen: File) => {
    setReadError(null);
    dryRun.reset();
    try {
      const read = await readLinksFile(chosen);
      setFile(read);
      if (read.problem === null) dryRun.mutate({ csv: read.csv, dryRun: true });
    } catch (error) {
      setReadError(error);
    }
  };
  const checked = dryRun.data;
  const error = readError ?? dryRun.error ?? start.error;

  if (running) {
    return (
      <Dialog
        title={running.state === 'done' ? 'The import is done' : 'Importing links'}
        onClose={close}
        footer={
          <Button tone={running.state === 'done' ? 'primary' : 'plain'} onClick={close}>
            {running.state === 'done' ? 'See the links' : 'Close; it goes on by itself'}
          </Button>
        }
      >
        <ImportProgress linkImport={running} />
        {running.state === 'done' && <UndoImport linkImport={running} />}
      </Dialog>
    );
  }
  return (
    <Dialog
      title="Import links"
      description="A CSV file with one link a row. Nothing is made before you have seen what would be."
      size="wide"
      onClose={close}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            tone="primary"
            busy={start.isPending}
            disabled={!checked || checked.created === 0}
            onClick={() => file && start.mutate({ csv: file.csv, dryRun: false })}
          >
            {checked && checked.created > 0 ? `Import ${plural(checked.created, 'link')}` : 'Import'}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <FilePicker name={file?.name ?? null} onChoose={(chosen) => void choose(chosen)} />
        {error !== null && (
          <Callout tone="bad" announce title="The file could not be checked.">
            {wordsOf(error)}
          </Callout>
        )}
        {file?.problem && (
          <Callout tone="bad" announce>
            {file.problem}
          </Callout>
        )}
        {file && file.problem === null && <ImportPreview file={file} />}
        {dryRun.isPending && <Loading label="Checking every row" lines={2} />}
        {checked && <ImportOutcome linkImport={checked} />}
      </div>
    </Dialog>
  );
}
