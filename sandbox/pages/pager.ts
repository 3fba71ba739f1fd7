// Links to the page before and after, for long lists and timelines.
import { html, type Html } from './html.ts';

export function pager(input: {
  path: string;
  query: Readonly<Record<string, string | undefined>>;
  page: number;
  pages: number;
}): Html | false {
  const { path, query, page, pages } = input;
  if (pages < 2) return false;
  const address = (target: number): string => {
    const search = new URLSearchParams({ page: String(target) });
    for (const [name, value] of Object.entries(query)) if (value) search.set(name, value);
    return `${path}?${search.toString()}`;
  };
  return html`<nav class="pager" aria-label="Pages">
    ${page > 1 && html`<a rel="prev" href="${address(page - 1)}">Newer</a>`}
    <span class="muted">Page ${page} of ${pages}</span>
    ${page < pages && html`<a rel="next" href="${address(page + 1)}">Older</a>`}
  </nav>`;
}
