// Who is signed in and where; other workspaces, the theme, and the way out.
import { useNavigate } from 'react-router';
import { Icon } from '../components/Icon.tsx';
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../components/Menu.tsx';
import { useToast } from '../components/Toasts.tsx';
import { useSignedIn, useSignOut, useSwitchWorkspace } from '../api/session.ts';
import { themes, useTheme } from './use-theme.ts';

export function PersonMenu() {
  const { user, role, workspace, workspaces } = useSignedIn();
  const [theme, setTheme] = useTheme();
  const signOut = useSignOut();
  const switchWorkspace = useSwitchWorkspace();
  const navigate = useNavigate();
  const { toastError } = useToast();
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className="flex w-full items-center gap-2.5 rounded-lg px-2 py-1.5 text-left hover:bg-sunken"
        >
          <span
            aria-hidden="true"
            className="grid size-8 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent-strong"
          >
            {initialsOf(user.name)}
          </span>
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium">{workspace.name}</span>
            <span className="block truncate text-xs text-muted">
              {user.name}, {role}
            </span>
          </span>
          <Icon name="down" size={14} className="text-muted" />
        </button>
      }
    >
      {workspaces.length > 1 && (
        <>
          <MenuChoice
            label="Workspace"
            value={workspace.id}
            options={workspaces.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(id) => {
              switchWorkspace.mutate(id, {
                onSuccess: () => void navigate('/'),
                onError: (error) => toastError('The workspace could not be changed', error),
              });
            }}
          />
          <MenuSeparator />
        </>
      )}
      <MenuChoice label="Theme" value={theme} options={themes} onChange={setTheme} />
      <MenuSeparator />
      <MenuItem
        icon="signOut"
        onSelect={() => signOut.mutate(undefined, { onError: (error) => toastError('You are still signed in', error) })}
      >
        Sign out
      </MenuItem>
    </Menu>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  return `${words[0]?.[0] ?? '?'}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`.toUpperCase();
}
