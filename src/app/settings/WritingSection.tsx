// What is written to HubSpot: clicks or conversions only, as which kind of event, and where a conversion moves a deal.
import { Flex, Heading, Select } from '@hubspot/ui-extensions';
import type { DraftProps } from './DraftForm.tsx';
import type { Draft } from './draft.ts';
import type { Pipeline } from './shared/card-api.ts';

const modes = ['clicks_and_conversions', 'conversions_only'] as const;

export function WritingSection({ host: { words }, settings, draft, refused, mayChange, onDraft }: DraftProps) {
  const dialects = settings.dialects.map(({ name, available }) => {
    const label = words.tell(`dialect_${name}`);
    const usable = available || name === draft.dialect;
    return { label: usable ? label : `${label} (${words.tell('dialectUnavailable')})`, value: name, disabled: !usable };
  });
  const noStage = { label: words.tell('conversionStageNone'), value: '' };
  return (
    <Flex direction="column" gap="sm">
      <Heading>{words.tell('writingTitle')}</Heading>
      <Select
        label={words.tell('mode')}
        name="mode"
        description={words.tell('modeHint')}
        value={draft.mode}
        readOnly={!mayChange}
        {...problemAt(refused, 'mode')}
        options={modes.map((mode) => ({ label: words.tell(`mode_${mode}`), value: mode }))}
        onChange={(mode) => onDraft({ mode: modes.find((one) => one === mode) ?? draft.mode })}
      />
      <Select
        label={words.tell('dialect')}
        name="dialect"
        description={words.tell('dialectHint')}
        value={draft.dialect}
        readOnly={!mayChange}
        {...problemAt(refused, 'dialect')}
        options={dialects}
        onChange={(name) => {
          const dialect = settings.dialects.find((one) => one.name === name && one.available);
          if (dialect) onDraft({ dialect: dialect.name });
        }}
      />
      <Select
        label={words.tell('conversionStage')}
        name="conversion_stage"
        value={stageValue(draft.conversionStage)}
        readOnly={!mayChange}
        {...problemAt(refused, 'conversion_stage')}
        options={[noStage, ...settings.pipelines.flatMap(stageOptions)]}
        onChange={(value) => onDraft({ conversionStage: stageFrom(String(value)) })}
      />
    </Flex>
  );
}

/** Beside the field, whether the server names the field itself or something inside it. */
export function problemAt(
  refused: DraftProps['refused'],
  field: string,
): { error: true; validationMessage: string } | object {
  const [, message] = Object.entries(refused).find(([at]) => at === field || at.startsWith(`${field}.`)) ?? [];
  return message === undefined ? {} : { error: true, validationMessage: message };
}

function stageOptions({ id, label, stages }: Pipeline) {
  return stages.map((stage) => ({
    label: `${label}: ${stage.label}`,
    value: stageValue({ pipeline: id, stage: stage.id }),
  }));
}

function stageValue(stage: Draft['conversionStage']): string {
  return stage ? JSON.stringify([stage.pipeline, stage.stage]) : '';
}

function stageFrom(value: string): Draft['conversionStage'] {
  if (value === '') return null;
  const [pipeline, stage] = JSON.parse(value) as [string, string];
  return { pipeline, stage };
}
