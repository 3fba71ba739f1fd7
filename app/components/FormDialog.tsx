// A dialog that asks for something: fields, what went wrong with all of it, a way out and the button that sends it.
import { useId, type ReactNode } from 'react';
import { Button } from './Button.tsx';
import { Callout } from './Callout.tsx';
import { Dialog } from './Dialog.tsx';

interface FormDialogProps {
  title: string;
  description?: ReactNode;
  size?: 'small' | 'normal';
  /** What the button does. */
  submit: string;
  isBusy: boolean;
  /** Nothing to send yet. */
  isIncomplete?: boolean;
  /** What no field shows. */
  error: string | undefined;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

export function FormDialog({
  submit,
  isBusy,
  isIncomplete = false,
  error,
  onSubmit,
  children,
  ...dialog
}: FormDialogProps) {
  const id = useId();
  return (
    <Dialog
      {...dialog}
      footer={
        <>
          <Button onClick={dialog.onClose}>Cancel</Button>
          <Button tone="primary" type="submit" form={id} busy={isBusy} disabled={isIncomplete}>
            {submit}
          </Button>
        </>
      }
    >
      <form
        id={id}
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {error && (
          <Callout tone="bad" announce>
            {error}
          </Callout>
        )}
        {children}
      </form>
    </Dialog>
  );
}
