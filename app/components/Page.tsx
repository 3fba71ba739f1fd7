// The frame of every page: its title (in the window too), one sentence what it is for, its actions; and cards to lay things out.
import { useEffect, type ReactNode } from 'react';
import { Link } from 'react-router';
import { Icon } from './Icon.tsx';

interface PageProps {
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  /** The page above this one. */
  back?: { to: string; label: string };
  children: ReactNode;
}

export function Page({ title, description, actions, back, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Elido for HubSpot`;
  }, [title]);
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-5 sm:px-6 sm:py-7 lg:px-8">
      {back && (
        <Link to={back.to} className="mb-2 inline-flex items-center gap-1 text-[0.8125rem] text-muted hover:text-ink">
          <Icon name="back" size={14} /> {back.label}
        </Link>
      )}
      <header className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3 md:flex-nowrap">
        <div className="min-w-0">
          <h1 className="text-xl font-semibold tracking-tight sm:text-2xl">{title}</h1>
          {description && <p className="mt-1 max-w-3xl text-muted">{description}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2 md:shrink-0 md:flex-nowrap">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface CardProps {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** Without inner distance: for tables. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
}

export function Card({ title, description, actions, flush = false, className = '', children }: CardProps) {
  return (
    <section className={`card overflow-clip ${className}`}>
      {(title !== undefined || actions !== undefined) && (
        <div className={`flex flex-wrap items-start justify-between gap-3 px-4 pt-4 sm:px-5 ${flush ? 'pb-3' : ''}`}>
          <div className="min-w-0 flex-1 basis-48">
            {title !== undefined && <h2 className="text-[0.9375rem] font-semibold">{title}</h2>}
            {description !== undefined && <p className="mt-0.5 max-w-2xl text-muted">{description}</p>}
          </div>
          {actions}
        </div>
      )}
      <div className={flush ? '' : 'px-4 py-4 sm:px-5'}>{children}</div>
    </section>
  );
}
