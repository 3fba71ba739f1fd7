/** What only app pages have: header actions, breadcrumbs, the title, and links that move the router without leaving the page. */
import { createContext, useContext, useEffect } from 'react';
import { Button } from './buttons.tsx';
import { safeHref, type Common, type Href } from './props.ts';

type Move = { to: string; params?: Record<string, string> };
export type PageRouter = { base: string; go: (move: Move) => void };

export const PageRouterContext = createContext<PageRouter>({ base: '', go: () => undefined });

/** `/links/:linkId` with `{linkId: '42'}` is `/links/42`; what is left over becomes the query. */
export function toPath({ to, params = {} }: Move): string {
  const rest = new URLSearchParams();
  let path = to;
  for (const [name, value] of Object.entries(params)) {
    if (path.includes(`:${name}`)) path = path.replace(`:${name}`, encodeURIComponent(value));
    else rest.set(name, value);
  }
  const query = rest.toString();
  return query ? `${path}?${query}` : path;
}

export function PageLink({ to, params, children, testId }: Common & Move) {
  const router = useContext(PageRouterContext);
  return (
    <a
      className="hs-link"
      href={`${router.base}${toPath({ to, ...(params ? { params } : {}) })}`}
      data-testid={testId}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        router.go({ to, ...(params ? { params } : {}) });
      }}
    >
      {children}
    </a>
  );
}

export function PageTitle({ children }: Common) {
  useEffect(() => {
    const before = document.title;
    if (typeof children === 'string') document.title = children;
    return () => {
      document.title = before;
    };
  }, [children]);
  return <h1 className="hs-page-title">{children}</h1>;
}

export const PageHeader = ({ children }: Common) => <div className="hs-page-header">{children}</div>;
export const PageHeaderPrimaryAction = ({ children }: Common) => <div className="hs-page-primary">{children}</div>;
export const PageHeaderSecondaryActions = ({ children }: Common) => <div className="hs-page-secondary">{children}</div>;

export function PageHeaderLink({ href, children }: Common & { href?: Href }) {
  const link = safeHref(href);
  return link ? (
    <a className="hs-button hs-button-secondary" {...link}>
      {children}
    </a>
  ) : null;
}

export function PageBreadcrumbs({ children }: Common) {
  return (
    <nav className="hs-page-crumbs" aria-label="Pages of the app">
      {children}
    </nav>
  );
}

export const PageBreadcrumbsCurrent = ({ children }: Common) => <span aria-current="page">{children}</span>;

type HeaderButton = Common & { onClick?: () => void; disabled?: boolean };
export const HeaderActions = ({ children }: Common) => <div className="hs-page-header">{children}</div>;
export const PrimaryHeaderActionButton = (props: HeaderButton) => <Button variant="primary" {...props} />;
export const SecondaryHeaderActionButton = (props: HeaderButton) => <Button {...props} />;
