// Which clicks the card shows: period, person, link.
import { AutoGrid, Select } from '@hubspot/ui-extensions';
import type { Choice } from './shared/activity-view.ts';
import type { Words } from './shared/words.ts';
import type { Filters } from './subject.ts';

interface FilterRowProps {
  filters: Filters;
  links: Choice[];
  /** Left out: no choice of a person. */
  people?: Choice[];
  words: Words;
  onChange: (filters: Filters) => void;
}

export function FilterRow({ filters, links, people, words, onChange }: FilterRowProps) {
  const periods: Choice[] = [
    { label: words.say('days30'), value: '30' },
    { label: words.say('days90'), value: '90' },
  ];
  return (
    <AutoGrid columnWidth={180} gap="sm" flexible>
      <Select
        label={words.say('period')}
        name="days"
        value={filters.days}
        options={periods}
        onChange={(days) => onChange({ ...filters, days: days === '90' ? '90' : '30' })}
      />
      {people && (
        <Select
          label={words.say('person')}
          name="contact"
          value={filters.contact}
          options={people}
          onChange={(contact) => onChange({ ...filters, contact: String(contact) })}
        />
      )}
      <Select
        label={words.say('link')}
        name="link"
        value={filters.link}
        options={links}
        onChange={(link) => onChange({ ...filters, link: String(link) })}
      />
    </AutoGrid>
  );
}
