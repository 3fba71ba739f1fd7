// Asks before something that cannot be taken back, and says what follows from it.
import { useState, type ReactNode } from 'react';
import { Button } from './Button.tsx';
import { Callout } from './Callout.tsx';
import { Dialog } from './Dialog.tsx';
import { wordsOf } from './States.tsx';

interface ConfirmDialogProps {
  title: string;
  /** The button that does it: a verb and what it is done to. */
  confirm: string;
  danger?: boolean;
  /** Stays open with the reason when it throws. */
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
  children: ReactNode;
}

export function ConfirmDialog({ title, confirm, danger = false, onConfirm, onClose, children }: ConfirmDialogProps) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async () => {
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      onClose();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={title}
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone={danger ? 'danger' : 'primary'} busy={busy} onClick={() => void run()}>
            {confirm}
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        {children}
        {error !== null && (
          <Callout tone="bad" announce>
            {wordsOf(error)}
          </Callout>
        )}
      </div>
    </Dialog>
  );
}
