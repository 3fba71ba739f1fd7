// What stands where content is missing: nothing yet (and how to begin), could not be read (and try again), or still on its way.
import type { ReactNode } from 'react';
import { ApiError } from '../api/api.ts';
import { Button } from './Button.tsx';
import { Icon, type IconName } from './Icon.tsx';

interface EmptyStateProps {
  icon: IconName;
  title: string;
  /** What this is for and how to begin. */
  children: ReactNode;
  actions?: ReactNode;
}

export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center px-6 py-12 text-center">
      <span className="mb-4 grid size-12 place-items-center rounded-2xl bg-accent-soft text-accent">
        <Icon name={icon} size={24} />
      </span>
      <h2 className="text-base font-semibold">{title}</h2>
      <div className="mt-1.5 max-w-prose text-muted">{children}</div>
      {actions && <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}

export function ErrorState({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  const requestId = error instanceof ApiError ? error.requestId : undefined;
  return (
    <div role="alert" className="flex flex-col items-center px-6 py-10 text-center">
      <span className="mb-3 grid size-10 place-items-center rounded-full bg-bad-soft text-bad">
        <Icon name="warn" size={20} />
      </span>
      <p className="font-semibold">This could not be read.</p>
      <p className="mt-1 max-w-prose text-muted">{wordsOf(error)}</p>
      {requestId && <p className="mt-1 font-mono text-xs text-muted">request {requestId}</p>}
      {retry && (
        <Button className="mt-4" icon="refresh" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** A grey place holder as large as what comes. */
export function Skeleton({ className = 'h-4 w-full' }: { className?: string }) {
  return <div className={`skeleton ${className}`} aria-hidden="true" />;
}

export function Loading({ lines = 4, label = 'Loading' }: { lines?: number; label?: string }) {
  return (
    <div className="space-y-3 p-5" role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} className={line % 3 === 2 ? 'h-4 w-2/3' : 'h-4 w-full'} />
      ))}
    </div>
  );
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Something unexpected happened. Try again.';
}
