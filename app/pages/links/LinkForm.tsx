// The form for making and changing a link. It shows where a visitor arrives, and what a careful colleague would say about the UTM values.
import { useId } from 'react';
import { Callout } from '../../components/Callout.tsx';
import { TextField } from '../../components/Field.tsx';
import { TagInput } from '../../components/TagInput.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { fieldError, formError, type Form } from '../../components/use-form.ts';
import { useKnownTags } from '../../api/links.ts';
import type { UtmValues } from './addresses.ts';
import { UtmBuilder } from './UtmBuilder.tsx';

export interface LinkValues {
  slug: string;
  title: string;
  destination: string;
  tags: string[];
  utm: UtmValues;
  track: boolean;
}

const shownFields = ['slug', 'title', 'destination', 'tags', 'utm'];

interface LinkFormProps {
  id: string;
  form: Form<LinkValues>;
  error: unknown;
  /** The slug of a link never changes. */
  slugFixed?: boolean;
  disabled?: boolean;
  onSubmit: () => void;
}

export function LinkForm({ id, form, error, slugFixed = false, disabled = false, onSubmit }: LinkFormProps) {
  const { values, set } = form;
  const knownTags = useKnownTags();
  const listId = useId();
  const general = formError(error, shownFields);
  return (
    <form
      id={id}
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <fieldset disabled={disabled} className="space-y-4">
        <legend className="sr-only">The link</legend>
        {general && (
          <Callout tone="bad" announce>
            {general}
          </Callout>
        )}
        <TextField
          label="Destination"
          type="url"
          required
          data-first={slugFixed ? undefined : true}
          maxLength={2_048}
          placeholder="https://www.example.com/pricing.pdf"
          value={values.destination}
          error={fieldError(error, 'destination')}
          onChange={(destination) => set('destination', destination)}
        />
        <TextField
          label="Title"
          required
          maxLength={200}
          placeholder="Q2 pricing PDF"
          hint="What the timeline says: “Clicked: Q2 pricing PDF”."
          value={values.title}
          error={fieldError(error, 'title')}
          onChange={(title) => set('title', title)}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Slug"
            optional={!slugFixed}
            disabled={slugFixed}
            maxLength={64}
            pattern="[A-Za-z0-9_\-]*"
            title="Letters, digits, _ and -"
            placeholder="q2-pricing"
            hint={
              slugFixed
                ? 'Never changes: it is printed and sent already.'
                : 'The end of the short link. Left empty, we choose seven characters.'
            }
            value={values.slug}
            error={fieldError(error, 'slug')}
            onChange={(slug) => set('slug', slug)}
          />
          <TagInput
            label="Tags"
            hint="Rules can count clicks by tag. Press Enter after each."
            tags={values.tags}
            known={knownTags}
            listId={listId}
            error={fieldError(error, 'tags')}
            onChange={(tags) => set('tags', tags)}
          />
        </div>
        <UtmBuilder
          destination={values.destination}
          utm={values.utm}
          error={fieldError(error, 'utm')}
          onChange={(utm) => set('utm', utm)}
        />
        <Toggle
          label="Tell the destination the id of the click"
          hint="Adds elido_click to the address, so that conversions on your page know which click they came from."
          checked={values.track}
          onChange={(track) => set('track', track)}
        />
      </fieldset>
    </form>
  );
}
