// The gate: the sign-in page for strangers, at whatever address they came to; the shell for everybody else.
import { useEffect } from 'react';
import { Outlet, useLocation, useNavigate } from 'react-router';
import { ErrorState } from '../components/States.tsx';
import { LiveProvider } from '../api/live.tsx';
import { useSession } from '../api/session.ts';
import { SignInPage } from '../pages/sign-in/SignInPage.tsx';
import { FirstLoad } from './FirstLoad.tsx';
import { takePlace } from './return-place.ts';
import { Shell } from './Shell.tsx';

export function Root() {
  const { data: session, error, refetch } = useSession();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const isBack = session !== undefined && session !== null && pathname === '/';
  useEffect(() => {
    const place = isBack ? takePlace() : null;
    if (place !== null) void navigate(place, { replace: true });
  }, [isBack, navigate]);
  if (error) {
    return (
      <main className="grid min-h-dvh place-items-center">
        <ErrorState error={error} retry={() => void refetch()} />
      </main>
    );
  }
  if (session === undefined) return <FirstLoad />;
  if (session === null) return <SignInPage />;
  return (
    <LiveProvider>
      <Shell>
        <Outlet />
      </Shell>
    </LiveProvider>
  );
}
