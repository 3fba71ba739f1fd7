// The field mapping: rows of value and property, offered by what the account's properties can hold; what cannot be mapped is explained.
import { useState } from 'react';
import { Accordion, Alert, Button, Flex, Heading, SearchInput, Text, useDebounce } from '@hubspot/ui-extensions';
import type { DraftProps } from './DraftForm.tsx';
import { rowProblems, type Draft } from './draft.ts';
import { MappingRow } from './MappingRow.tsx';
import { useCardApi } from './shared/use-card-api.ts';

const searchWaitMs = 400;

export function MappingSection({ showProblems, ...props }: DraftProps & { showProblems: boolean }) {
  const { host, settings, draft, refused, mayChange, onDraft } = props;
  const { words } = host;
  const [search, setSearch] = useState('');
  const sought = useDebounce(search, searchWaitMs);
  const properties = useCardApi(host.origin, {
    id: 'getCardProperties',
    query: { limit: 100, ...(sought ? { search: sought } : {}) },
  });
  const known = properties.data?.properties ?? [];
  const unusable = known.filter(({ mappable }) => !mappable);
  const problems = rowProblems(draft);
  const setRow = (index: number, row: Draft['rows'][number]) => onDraft({ rows: draft.rows.with(index, row) });
  const addRow = () => onDraft({ rows: [...draft.rows, { source: 'utm_source', property: '' }] });

  return (
    <Flex direction="column" gap="sm">
      <Heading>{words.tell('mappingTitle')}</Heading>
      <Text variant="microcopy">{words.tell('mappingHint')}</Text>
      {mayChange && (
        <SearchInput
          label={words.tell('mappingSearch')}
          name="property_search"
          description={words.tell('mappingSearchHint')}
          value={search}
          onInput={setSearch}
          clearable
        />
      )}
      {properties.data && !properties.data.known && (
        <Alert title={words.tell('mappingReading')} variant="info">
          <Button testId="read-again" size="xs" onClick={properties.reload}>
            {words.say('tryAgain')}
          </Button>
        </Alert>
      )}
      {draft.rows.length === 0 && <Text>{words.tell('mappingEmpty')}</Text>}
      {draft.rows.map((row, index) => {
        const own = problems[index] ?? null;
        const stored = settings.field_mapping[index];
        const unchanged = stored?.property === row.property && stored.source === row.source;
        const problem = own && showProblems ? words.tell(own) : (refused[`rows.${index}.property`] ?? null);
        return (
          <MappingRow
            key={index}
            index={index}
            row={row}
            settings={settings}
            known={known}
            problem={problem ?? (unchanged ? stored.problem : null)}
            words={words}
            mayChange={mayChange}
            onChange={(next) => setRow(index, next)}
            onRemove={() => onDraft({ rows: draft.rows.toSpliced(index, 1) })}
          />
        );
      })}
      {properties.data?.more && <Text variant="microcopy">{words.tell('mappingMore')}</Text>}
      {mayChange && (
        <Button testId="add-row" variant="secondary" size="sm" onClick={addRow}>
          {words.tell('mappingAdd')}
        </Button>
      )}
      {unusable.length > 0 && (
        <Accordion title={words.tellCount('mappingRefused', unusable.length)} size="xs">
          <Flex direction="column" gap="xs">
            {unusable.map(({ name, label, reason }) => (
              <Text key={name}>
                {label} ({name}): {reason ?? words.say('unknown')}
              </Text>
            ))}
          </Flex>
        </Accordion>
      )}
    </Flex>
  );
}
