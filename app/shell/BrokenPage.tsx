// What people see when an address leads nowhere or a page breaks: what happened, and the way on.
import { isRouteErrorResponse, useRouteError } from 'react-router';
import { Button, ButtonLink } from '../components/Button.tsx';
import { EmptyState, wordsOf } from '../components/States.tsx';

export function MissingPage() {
  return (
    <EmptyState
      icon="search"
      title="There is no such page"
      actions={<ButtonLink to="/">Go to the overview</ButtonLink>}
    >
      The address may be mistyped, or what it led to was removed.
    </EmptyState>
  );
}

export function BrokenPage() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <MissingPage />;
  return (
    <EmptyState
      icon="warn"
      title="This page broke"
      actions={
        <>
          <Button tone="primary" icon="refresh" onClick={() => window.location.reload()}>
            Load it again
          </Button>
          <ButtonLink to="/">Go to the overview</ButtonLink>
        </>
      }
    >
      {isOldScript(error)
        ? 'The console was updated while you had it open.'
        : `Nothing was changed by it. What the browser says: ${wordsOf(error)}`}
    </EmptyState>
  );
}

/** After an update of the server the scripts of the version before are gone. */
function isOldScript(error: unknown): boolean {
  return error instanceof TypeError && error.message.includes('dynamically imported module');
}
