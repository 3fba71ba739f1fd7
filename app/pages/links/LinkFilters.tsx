// The search field, the tag that is looked at, and whether archived links are shown.
import { useEffect, useEffectEvent, useState } from 'react';
import { Icon } from '../../components/Icon.tsx';
import { SearchBox } from '../../components/SearchBox.tsx';
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
      <SearchBox
        label="Search links"
        placeholder="Search slug, title, tag or site"
        className="basis-56 sm:max-w-sm"
        value={text}
        maxLength={100}
        onChange={setText}
      />
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
