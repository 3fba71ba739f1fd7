// A secret that is shown once: to copy now.
import { Button } from '../../components/Button.tsx';
import { Callout } from '../../components/Callout.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Dialog } from '../../components/Dialog.tsx';

interface ShownOnceDialogProps {
  title: string;
  secret: string;
  what: string;
  /** On the button that ends it. */
  done: string;
  onClose: () => void;
  children: string;
}

export function ShownOnceDialog({ title, secret, what, done, onClose, children }: ShownOnceDialogProps) {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <Button tone="primary" onClick={onClose}>
          {done}
        </Button>
      }
    >
      <div className="space-y-3">
        <Callout tone="warn" title="Copy it now: it is shown this once." announce>
          {children}
        </Callout>
        <div className="flex items-center gap-2 rounded-lg bg-sunken py-1.5 pr-1.5 pl-3">
          <code className="min-w-0 flex-1 font-mono text-[0.8125rem] break-all select-all">{secret}</code>
          <CopyButton text={secret} what={what} />
        </div>
      </div>
    </Dialog>
  );
}
