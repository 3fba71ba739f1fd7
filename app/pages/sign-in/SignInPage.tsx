// For people who are not signed in: by HubSpot, or by a link that the operator or a colleague made. Stays at the address they came to.
import { useEffect } from 'react';
import { useLocation } from 'react-router';
import { ButtonAnchor } from '../../components/Button.tsx';
import { Logo } from '../../shell/Logo.tsx';
import { rememberPlace } from '../../shell/return-place.ts';

export function SignInPage() {
  const { pathname, search } = useLocation();
  useEffect(() => {
    document.title = 'Sign in · Elido for HubSpot';
    rememberPlace(`${pathname}${search}`);
  }, [pathname, search]);

  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-8 flex justify-center text-lg">
          <Logo />
        </div>
        <div className="card p-6">
          <h1 className="text-lg font-semibold">Sign in</h1>
          <p className="mt-1 text-muted">See where every short-link click went, and why.</p>
          <ButtonAnchor href="/console/sign-in/hubspot" tone="primary" className="mt-5 w-full">
            Sign in with HubSpot
          </ButtonAnchor>
          <p className="mt-2 text-[0.8125rem] text-muted">
            HubSpot asks which account, and tells us who you are. Your password stays there.
          </p>
          <hr className="my-5" />
          <h2 className="text-[0.8125rem] font-semibold">With a sign-in link</h2>
          <p className="mt-1 text-[0.8125rem] text-muted">
            Somebody invited you? Open the link they sent. You run this server? Print one there:
          </p>
          <pre className="mt-2 overflow-x-auto rounded-lg bg-sunken px-3 py-2 font-mono text-xs" tabIndex={0}>
            npm run sign-in
          </pre>
        </div>
      </div>
    </main>
  );
}
