// What a connection is set to: which events are written, in which of HubSpot's event APIs, and where a conversion moves a deal.
import { Button } from '../../components/Button.tsx';
import { Callout } from '../../components/Callout.tsx';
import { SelectField } from '../../components/Field.tsx';
import { Card } from '../../components/Page.tsx';
import { useToast } from '../../components/Toasts.tsx';
import { fieldError, formError, useForm } from '../../components/use-form.ts';
import { useChangeConnection, usePipelines } from '../../api/connections.ts';
import type { Connection } from '../../api/contract.ts';
import { useCan } from '../../api/session.ts';
import { dialects, modes } from './names.ts';

const none = '';
const separator = '\n';

export function ConnectionSettings({ connection }: { connection: Connection }) {
  const { id, mode, dialect, conversion_stage: stage } = connection;
  const canWrite = useCan('connections:write');
  const change = useChangeConnection();
  const { toast } = useToast();
  const form = useForm({ mode, dialect, stage: stage === null ? none : stage.pipeline + separator + stage.stage });
  const { values, set } = form;
  const save = () => {
    const [pipeline, stageId] = values.stage.split(separator);
    const isStage = pipeline !== undefined && stageId !== undefined;
    change.mutate(
      {
        id,
        change: {
          mode: values.mode,
          dialect: values.dialect,
          conversion_stage: isStage ? { pipeline, stage: stageId } : null,
        },
      },
      {
        onSuccess: () => {
          form.reset(values);
          toast({ title: 'Saved', detail: 'It holds for events from now on.' });
        },
      },
    );
  };
  const general = formError(change.error, ['mode', 'dialect', 'conversion_stage']);
  return (
    <Card title="What is written">
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {general && (
          <Callout tone="bad" announce>
            {general}
          </Callout>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            label="Events"
            value={values.mode}
            options={modes}
            disabled={!canWrite}
            hint={
              values.mode === 'conversions_only'
                ? 'A click without a conversion leaves nothing in HubSpot.'
                : 'Every click of a person and every conversion is on the timeline.'
            }
            error={fieldError(change.error, 'mode')}
            onChange={(next) => set('mode', next as Connection['mode'])}
          />
          <SelectField
            label="Written as"
            value={values.dialect}
            options={dialects}
            disabled={!canWrite}
            hint="HubSpot's event API. What is there already stays as it is."
            error={fieldError(change.error, 'dialect')}
            onChange={(next) => set('dialect', next as Connection['dialect'])}
          />
        </div>
        <StageField
          connectionId={id}
          value={values.stage}
          disabled={!canWrite}
          error={fieldError(change.error, 'conversion_stage')}
          onChange={(next) => set('stage', next)}
        />
        {canWrite && (
          <div className="flex justify-end">
            <Button tone="primary" type="submit" busy={change.isPending} disabled={!form.isDirty}>
              Save
            </Button>
          </div>
        )}
      </form>
    </Card>
  );
}

interface StageFieldProps {
  connectionId: string;
  value: string;
  disabled: boolean;
  error: string | undefined;
  onChange: (value: string) => void;
}

function StageField({ connectionId, value, ...field }: StageFieldProps) {
  const { data, error } = usePipelines(connectionId);
  const options = [
    { value: none, label: 'Leave deals where they are' },
    ...(data?.pipelines ?? []).flatMap(({ id, label, stages }) =>
      stages.map((stage) => ({ value: id + separator + stage.id, label: `${label}: ${stage.label}` })),
    ),
  ];
  // Set by label, or gone in HubSpot since: shown as it is.
  if (!options.some((option) => option.value === value)) {
    options.push({ value, label: value.replace(separator, ': ') });
  }
  return (
    <SelectField
      {...field}
      label="A conversion moves open deals to"
      value={value}
      options={options}
      hint={error ? `The stages could not be read: ${error.message}` : 'Forward only: a deal never moves back.'}
    />
  );
}
