/** The router of an app page: its path lives in the address, so a page can be linked to and Back works. */
import { useEffect, useMemo, useRef } from 'react';
import type { ExtensionConfig } from '../protocol.ts';
import { toPath, type PageRouter } from './components/page-parts.tsx';

type Moved = (path: string, params: Record<string, string>) => void;

export function useAppPage({ page }: ExtensionConfig, onMove: Moved): PageRouter & { path: () => string } {
  const moved = useRef(onMove);
  moved.current = onMove;
  const base = page?.base ?? '';
  const router = useMemo(() => {
    const path = (): string => location.pathname.slice(base.length) || '/';
    const tell = (): void => moved.current(path(), Object.fromEntries(new URLSearchParams(location.search)));
    return {
      base,
      path,
      tell,
      go: (move: Parameters<PageRouter['go']>[0]) => {
        if (!base) return;
        history.pushState(null, '', `${base}${toPath(move)}`);
        tell();
      },
    };
  }, [base]);
  useEffect(() => {
    if (!base) return undefined;
    addEventListener('popstate', router.tell);
    return () => removeEventListener('popstate', router.tell);
  }, [base, router]);
  return router;
}
