// The draft of a rule: form and text, a rehearsal, and only then a rule.
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { usePipelineChoices } from '../../api/connections.ts';
import { useCreateRule } from '../../api/rules.ts';
import { useCan } from '../../api/session.ts';
import { Button } from '../../components/Button.tsx';
import { SelectField } from '../../components/Field.tsx';
import { useToast } from '../../components/Toasts.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import { firstRule, readFields, writeField } from './rule-text.ts';
import { SaveProblem } from './SaveProblem.tsx';
import { TimeMachine } from './TimeMachine.tsx';

interface RuleDraftProps {
  accounts: { value: string; label: string }[];
  firstId: string;
}

export function RuleDraft({ accounts, firstId }: RuleDraftProps) {
  const [connectionId, setConnectionId] = useState(firstId);
  const [text, setText] = useState(firstRule);
  const pipelines = usePipelineChoices(connectionId);
  const create = useCreateRule();
  const canWrite = useCan('rules:write');
  const navigate = useNavigate();
  const { toast } = useToast();
  const save = () =>
    create.mutate(
      { connection_id: connectionId, text },
      {
        onSuccess: ({ id }) => {
          toast({ title: 'The rule is there' });
          void navigate(`/rules/${id}`, { replace: true });
        },
      },
    );
  return (
    <div className="space-y-4">
      {accounts.length > 1 && (
        <SelectField
          label="Account"
          className="max-w-sm"
          value={connectionId}
          options={accounts}
          onChange={setConnectionId}
        />
      )}
      <RuleEditor text={text} error={create.error} pipelines={pipelines} disabled={!canWrite} onChange={setText} />
      <TimeMachine
        connectionId={connectionId}
        text={text}
        threshold={Number(readFields(text)?.threshold) || 1}
        canWrite={canWrite}
        onThreshold={(threshold) => setText(writeField(text, 'threshold', String(threshold)))}
      />
      <SaveProblem error={create.error} />
      <Button tone="primary" busy={create.isPending} disabled={!canWrite} onClick={save}>
        Create the rule
      </Button>
    </div>
  );
}
