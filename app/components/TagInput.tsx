// A list of short words: Enter or a comma adds one, Backspace in the empty field takes the last one away.
import { useState } from 'react';
import { Field } from './Field.tsx';
import { Icon } from './Icon.tsx';

interface TagInputProps {
  label: string;
  hint?: string;
  tags: string[];
  /** To choose from. */
  known: readonly string[];
  listId: string;
  error?: string | undefined;
  onChange: (tags: string[]) => void;
}

const maxTags = 20;

export function TagInput({ label, hint, tags, known, listId, error, onChange }: TagInputProps) {
  const [text, setText] = useState('');
  const add = (raw: string) => {
    const added = raw
      .split(',')
      .map((tag) => tag.trim().toLowerCase())
      .filter((tag) => tag !== '');
    setText('');
    if (added.length > 0) onChange([...new Set([...tags, ...added])].slice(0, maxTags));
  };
  return (
    <Field label={label} hint={hint} error={error} optional>
      {(control) => (
        <div className="input flex flex-wrap items-center gap-1 py-1 has-focus-visible:border-accent has-focus-visible:outline-2 has-focus-visible:outline-accent">
          {tags.map((tag) => (
            <span
              key={tag}
              className="inline-flex max-w-full items-center gap-1 rounded-md bg-accent-soft py-0.5 pr-0.5 pl-2 text-xs text-accent-strong"
            >
              <span className="truncate">{tag}</span>
              <button
                type="button"
                aria-label={`Remove the tag ${tag}`}
                className="grid size-5 place-items-center rounded hover:bg-surface"
                onClick={() => onChange(tags.filter((one) => one !== tag))}
              >
                <Icon name="close" size={11} />
              </button>
            </span>
          ))}
          <input
            {...control}
            list={listId}
            maxLength={64}
            value={text}
            className="min-w-20 flex-1 bg-transparent py-0.5 outline-none"
            onChange={(event) => {
              const { value } = event.currentTarget;
              if (value.includes(',')) add(value);
              else setText(value);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && text.trim() !== '') {
                event.preventDefault();
                add(text);
              }
              if (event.key === 'Backspace' && text === '') onChange(tags.slice(0, -1));
            }}
            onBlur={() => add(text)}
          />
          <datalist id={listId}>
            {known
              .filter((tag) => !tags.includes(tag))
              .map((tag) => (
                <option key={tag} value={tag} />
              ))}
          </datalist>
        </div>
      )}
    </Field>
  );
}
