/** Modals and panels of one extension: which are open, and how `closeOverlay(id)` and reactions reach them. */
import { createContext, useContext, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';

export type Overlays = {
  isOpen: (id: string) => boolean;
  open: (id: string) => void;
  /** Also told to the component that opened it. */
  close: (id: string) => void;
  onClose: (id: string, listener: () => void) => () => void;
  subscribe: (listener: () => void) => () => void;
};

export function makeOverlays(): Overlays {
  const openIds = new Set<string>();
  const listeners = new Set<() => void>();
  const closers = new Map<string, Set<() => void>>();
  const tell = (): void => listeners.forEach((listener) => listener());
  return {
    isOpen: (id) => openIds.has(id),
    open(id) {
      openIds.add(id);
      tell();
    },
    close(id) {
      openIds.delete(id);
      for (const closer of closers.get(id) ?? []) closer();
      tell();
    },
    onClose(id, listener) {
      const known = closers.get(id) ?? new Set();
      closers.set(id, known.add(listener));
      return () => void known.delete(listener);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const OverlaysContext = createContext<Overlays>(makeOverlays());
/** Set around the `overlay` of a button: it is open because the button was pressed. */
const OpenerContext = createContext<(() => void) | null>(null);

/** What a `Modal` or `Panel` asks: am I open, and what closes me. */
export function useOverlay(id: string): { open: boolean; close: () => void } {
  const overlays = useContext(OverlaysContext);
  const closeOpener = useContext(OpenerContext);
  const openById = useSyncExternalStore(overlays.subscribe, () => overlays.isOpen(id));
  const close = (): void => {
    overlays.close(id);
    closeOpener?.();
  };
  return { open: closeOpener !== null || openById, close };
}

/** What a component with an `overlay` prop needs: the overlay once it was opened, and the reactions for its handler. */
export function useOpener(overlay: ReactNode) {
  const overlays = useContext(OverlaysContext);
  const [open, setOpen] = useState(false);
  const close = useMemo(() => () => setOpen(false), []);
  const reactions = {
    openPanel: overlays.open,
    closePanel: overlays.close,
    openModal: overlays.open,
    closeModal: overlays.close,
  };
  const shown = overlay && open ? <OpenerContext.Provider value={close}>{overlay}</OpenerContext.Provider> : null;
  return { shown, open: () => overlay && setOpen(true), reactions };
}
