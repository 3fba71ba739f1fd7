// Asks before a page with unsaved changes is left, by a link here or by closing the window.
import { useEffect, type ReactNode } from 'react';
import { useBlocker } from 'react-router';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';

/** Returns the dialog to show. */
export function useUnsavedGuard(isDirty: boolean): ReactNode {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isDirty && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!isDirty) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isDirty]);
  if (blocker.state !== 'blocked') return null;
  return (
    <Dialog
      title="Leave without saving?"
      size="small"
      onClose={() => blocker.reset()}
      footer={
        <>
          <Button onClick={() => blocker.reset()}>Stay here</Button>
          <Button tone="danger" onClick={() => blocker.proceed()}>
            Leave, drop the changes
          </Button>
        </>
      }
    >
      What you changed on this page is not saved yet.
    </Dialog>
  );
}
