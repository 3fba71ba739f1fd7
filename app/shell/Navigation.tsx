// The places a person may go to, and at the bottom who they are and whether the view is live.
import { NavLink } from 'react-router';
import { IconButton } from '../components/Button.tsx';
import { Icon } from '../components/Icon.tsx';
import { useLiveState, type LiveState } from '../api/live.tsx';
import { useSignedIn } from '../api/session.ts';
import { places } from '../places.ts';
import { Logo } from './Logo.tsx';
import { PersonMenu } from './PersonMenu.tsx';

export function Navigation({ onClose }: { onClose?: () => void }) {
  const { scopes } = useSignedIn();
  return (
    <div className="flex h-full flex-col">
      <div className="flex h-13 items-center justify-between pr-2 pl-4 lg:h-16">
        <Logo />
        {onClose && <IconButton name="Close the menu" icon="close" onClick={onClose} />}
      </div>
      <nav aria-label="Console" className="flex-1 overflow-y-auto px-3 py-2">
        <ul className="space-y-0.5">
          {places
            .filter(({ scope }) => scopes.includes(scope))
            .map(({ path, label, icon }) => (
              <li key={path}>
                <NavLink
                  to={path}
                  end={path === '/'}
                  className={({ isActive }) =>
                    `flex items-center gap-3 rounded-lg px-3 py-2 font-medium max-lg:py-2.5 ${isActive ? 'bg-accent-soft text-accent-strong' : 'text-muted hover:bg-sunken hover:text-ink'}`
                  }
                >
                  <Icon name={icon} />
                  {label}
                </NavLink>
              </li>
            ))}
        </ul>
      </nav>
      <div className="space-y-2 border-t border-line p-3">
        <LiveSign />
        <PersonMenu />
      </div>
    </div>
  );
}

const liveTexts: Record<LiveState, { words: string; tip: string; dot: string }> = {
  live: { words: 'Live', tip: 'What you see changes by itself as things happen.', dot: 'bg-good' },
  connecting: { words: 'Connecting', tip: 'Opening the live view.', dot: 'bg-line-strong' },
  broken: {
    words: 'Reconnecting',
    tip: 'The connection broke; what you see may be old. It is tried again by itself.',
    dot: 'bg-warn',
  },
};

function LiveSign() {
  const { words, tip, dot } = liveTexts[useLiveState()];
  return (
    <p role="status" title={tip} className="flex items-center gap-2 px-2 text-xs text-muted">
      <span className={`size-2 rounded-full ${dot}`} aria-hidden="true" />
      {words}
    </p>
  );
}
