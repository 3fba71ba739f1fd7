// What is around every page: navigation at the side, or behind a button on a phone; who is signed in; whether the view is live.
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useLocation, useNavigation } from 'react-router';
import { IconButton } from '../components/Button.tsx';
import { Logo } from './Logo.tsx';
import { Navigation } from './Navigation.tsx';

export function Shell({ children }: { children: ReactNode }) {
  const [isMenuOpen, setMenuOpen] = useState(false);
  const { state } = useNavigation();
  return (
    <div className="min-h-dvh lg:pl-60">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-lg bg-accent px-3 py-2 font-medium text-on-accent focus:translate-y-0"
      >
        Skip to the content
      </a>
      {state === 'loading' && (
        <div className="fixed inset-x-0 top-0 z-50 h-0.5 animate-pulse bg-accent" role="status" aria-label="Loading" />
      )}
      <div className="fixed inset-y-0 left-0 z-20 hidden w-60 border-r border-line bg-surface lg:block">
        <Navigation />
      </div>
      <header className="sticky top-0 z-20 flex h-13 items-center gap-2 border-b border-line bg-surface px-2 lg:hidden">
        <IconButton name="Open the menu" icon="menu" onClick={() => setMenuOpen(true)} />
        <Logo />
      </header>
      {isMenuOpen && <Drawer onClose={() => setMenuOpen(false)} />}
      <main id="content" tabIndex={-1} className="outline-none">
        {children}
      </main>
    </div>
  );
}

/** The navigation on a phone: over the page, gone after a choice. */
function Drawer({ onClose }: { onClose: () => void }) {
  const ref = useRef<HTMLDialogElement>(null);
  const { pathname } = useLocation();
  const openedAt = useRef(pathname);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  useEffect(() => {
    if (pathname !== openedAt.current) onClose();
  }, [pathname, onClose]);
  return (
    <dialog
      ref={ref}
      aria-label="Menu"
      onCancel={onClose}
      onMouseDown={(event) => event.target === event.currentTarget && onClose()}
      className="m-0 h-dvh max-h-none w-72 max-w-[85vw] bg-surface p-0 text-ink shadow-float"
    >
      <Navigation onClose={onClose} />
    </dialog>
  );
}
