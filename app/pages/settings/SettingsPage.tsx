// The frame of the settings: one address per part.
import { useEffect, useRef } from 'react';
import { NavLink, Outlet, useLocation } from 'react-router';
import { Page } from '../../components/Page.tsx';
import { useSignedIn } from '../../api/session.ts';
import type { ApiScope } from '../../api/contract.ts';

const parts: readonly { path: string; label: string; scope: ApiScope }[] = [
  { path: 'workspace', label: 'Workspace', scope: 'workspace:read' },
  { path: 'keys', label: 'API keys', scope: 'keys:read' },
  { path: 'snippet', label: 'Snippet', scope: 'workspace:read' },
  { path: 'members', label: 'Members', scope: 'members:read' },
  { path: 'sessions', label: 'Your sessions', scope: 'workspace:read' },
  { path: 'audit', label: 'Audit log', scope: 'audit:read' },
];

export function SettingsPage() {
  const { scopes, workspace } = useSignedIn();
  const { pathname } = useLocation();
  const nav = useRef<HTMLElement>(null);
  // On a phone the last parts stand outside of the screen until somebody moves the row.
  useEffect(() => {
    const links = [...(nav.current?.querySelectorAll('a') ?? [])];
    links.find((link) => link.pathname.endsWith(pathname))?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [pathname]);
  return (
    <Page title="Settings" description={`Of the workspace ${workspace.name}.`}>
      <nav
        ref={nav}
        aria-label="Settings"
        className="-mx-4 mb-5 overflow-x-auto border-b border-line px-4 sm:mx-0 sm:px-0"
      >
        <ul className="flex gap-1">
          {parts
            .filter(({ scope }) => scopes.includes(scope))
            .map(({ path, label }) => (
              <li key={path}>
                <NavLink
                  to={path}
                  className={({ isActive }) =>
                    `-mb-px block border-b-2 px-3 py-2 font-medium whitespace-nowrap ${isActive ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink'}`
                  }
                >
                  {label}
                </NavLink>
              </li>
            ))}
        </ul>
      </nav>
      <Outlet />
    </Page>
  );
}
