// One row of the field mapping.
import { AutoGrid, Button, Flex, Select } from '@hubspot/ui-extensions';
import type { Draft } from './draft.ts';
import type { SettingsWords } from './settings-words.ts';
import type { CardSettings, Property } from './shared/card-api.ts';

type Row = Draft['rows'][number];

interface MappingRowProps {
  index: number;
  row: Row;
  settings: CardSettings;
  known: readonly Property[];
  problem: string | null;
  words: SettingsWords;
  mayChange: boolean;
  onChange: (row: Row) => void;
  onRemove: () => void;
}

export function MappingRow(props: MappingRowProps) {
  const { index, row, settings, known, problem, words, mayChange, onChange, onRemove } = props;
  const sources = settings.sources.map(({ source }) => source);
  const offered = sources.includes(row.source) ? sources : [...sources, row.source];
  return (
    <Flex direction="row" gap="sm" align="end" wrap="wrap">
      <AutoGrid columnWidth={220} gap="sm" flexible>
        <Select
          label={words.tell('mappingSource')}
          name={`source_${index}`}
          value={row.source}
          readOnly={!mayChange}
          options={offered.map((source) => ({ label: words.tell(`source_${source}`), value: source }))}
          onChange={(source) => onChange({ ...row, source: offered.find((one) => one === source) ?? row.source })}
        />
        <Select
          label={words.tell('mappingProperty')}
          name={`property_${index}`}
          value={row.property}
          readOnly={!mayChange}
          {...(problem === null ? {} : { error: true, validationMessage: problem })}
          options={propertyOptions(row, known, settings)}
          onChange={(property) => onChange({ ...row, property: String(property) })}
        />
      </AutoGrid>
      {mayChange && (
        <Button testId={`remove-row-${index}`} variant="transparent" size="sm" onClick={onRemove}>
          {words.tell('mappingRemove', { row: index + 1 })}
        </Button>
      )}
    </Flex>
  );
}

/** The properties that can hold the value, and the one that is chosen, whatever is searched for. */
function propertyOptions({ source, property }: Row, known: readonly Property[], { field_mapping }: CardSettings) {
  const fitting = known.filter((one) => one.mappable && one.sources.includes(source));
  const options = fitting.map(({ name, label, type }) => ({ label: `${label} (${name}, ${type})`, value: name }));
  if (property === '' || fitting.some(({ name }) => name === property)) return options;
  const label = field_mapping.find((row) => row.property === property)?.label;
  return [{ label: label ? `${label} (${property})` : property, value: property }, ...options];
}
