// Copies a text and says that it did, in place.
import { useEffect, useState } from 'react';
import { Button, IconButton } from './Button.tsx';
import { useToast } from './Toasts.tsx';

interface CopyButtonProps {
  text: string;
  /** What is copied: "short link". */
  what: string;
  iconOnly?: boolean;
}

export function CopyButton({ text, what, iconOnly = false }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const { toast } = useToast();
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      toast({ title: `The ${what} could not be copied`, detail: 'Select the text and copy it by hand.', tone: 'bad' });
    }
  };
  const icon = copied ? 'check' : 'copy';
  const label = copied ? 'Copied' : `Copy ${what}`;
  return (
    <>
      {iconOnly ? (
        <IconButton name={label} icon={icon} onClick={() => void copy()} />
      ) : (
        <Button size="small" icon={icon} onClick={() => void copy()}>
          {copied ? 'Copied' : 'Copy'}
          <span className="sr-only"> {what}</span>
        </Button>
      )}
      <span role="status" className="sr-only">
        {copied ? `The ${what} is copied.` : ''}
      </span>
    </>
  );
}
