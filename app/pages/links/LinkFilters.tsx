// The search field, the tag that is looked at, and whether archived links are shown.
import { useEffect, useEffectEvent, useState } from 'react';
import { Icon } from '../../components/Icon.tsx';
import type { LinkFilter } from '../../api/links.ts';

const typingPauseMs = 250;

interface LinkFiltersProps {
  filter: LinkFilter;
  onChange: (change: LinkFilter) => void;
}

export function LinkFilters({ filter, onChange }: LinkFiltersProps) {
  const [text, setText] = useState(filter.q ?? '');
  const asked = filter.q ?? '';

  const [known, setKnown] = useState(asked);
  // The address changed by other means: going back, or "show all links".
  if (asked !== known) {
    setKnown(asked);
    if (asked !== text.trim()) setText(asked);
  }
  const ask = useEffectEvent((q: string) => onChange({ q }));
  useEffect(() => {
    const next = text.trim();
    if (next === asked) return undefined;
    const timer = setTimeout(() => ask(next), typingPauseMs);
    return () => clearTimeout(timer);
  }, [text, asked]);

  return (
    <search className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3 sm:px-5">
      <label className="relative min-w-0 flex-1 basis-56 sm:max-w-sm">
        <span className="sr-only">Search links</span>
        <Icon
          name="search"
          size={16}
          className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-muted"
        />
        <input
          type="search"
          value={text}
          maxLength={100}
          placeholder="Search slug, title, tag or site"
          className="input pl-8"
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </label>
      {filter.tag !== undefined && (
        <button
          type="button"
          className="inline-flex items-center gap-1.5 rounded-full bg-accent-soft px-2.5 py-1 text-xs font-medium text-accent-strong"
          onClick={() => onChange({ tag: undefined })}
        >
          Tag: {filter.tag} <Icon name="close" size={12} />
          <span className="sr-only">Stop filtering by it</span>
        </button>
      )}
      <label className="flex items-center gap-2 text-[0.8125rem] text-muted">
        <input
          type="checkbox"
          className="size-4 accent-(--color-accent)"
          checked={filter.archived ?? false}
          onChange={(event) => onChange({ archived: event.currentTarget.checked })}
        />
        Archived too
      </label>
    </search>
  );
}
