// A new rule: an account, a draft, a rehearsal, and only then a rule.
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useConnections, usePipelineChoices } from '../../api/connections.ts';
import { useCreateRule } from '../../api/rules.ts';
import { useCan } from '../../api/session.ts';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { SelectField } from '../../components/Field.tsx';
import { Page } from '../../components/Page.tsx';
import { EmptyState, ErrorState, Loading } from '../../components/States.tsx';
import { useToast } from '../../components/Toasts.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import { firstRule, readFields, writeField } from './rule-text.ts';
import { SaveProblem } from './SaveProblem.tsx';
import { TimeMachine } from './TimeMachine.tsx';

export function NewRulePage() {
  const { data: connections, error, refetch } = useConnections();
  const active = connections?.filter(({ state }) => state === 'active');
  const [first] = active ?? [];
  return (
    <Page
      title="New rule"
      back={{ to: '/rules', label: 'Rules' }}
      description="It starts in watch mode: it writes down what it would do and touches nothing, until you let it."
    >
      {error && !connections && <ErrorState error={error} retry={() => void refetch()} />}
      {!connections && !error && <Loading lines={8} />}
      {active && !first && (
        <EmptyState
          icon="plug"
          title="Connect an account first"
          actions={<ButtonLink to="/connections">Connections</ButtonLink>}
        >
          A rule moves deals of a HubSpot account, so there has to be one.
        </EmptyState>
      )}
      {active && first && (
        <Draft
          accounts={active.map(({ id, portal_id: portal }) => ({ value: id, label: `HubSpot account ${portal}` }))}
          firstId={first.id}
        />
      )}
    </Page>
  );
}

function Draft({ accounts, firstId }: { accounts: { value: string; label: string }[]; firstId: string }) {
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
