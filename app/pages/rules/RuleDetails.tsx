// What can be done with a rule: change its text (each save is a version), rehearse it, switch it, arm it again, archive it.
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { usePipelineChoices } from '../../api/connections.ts';
import type { Rule } from '../../api/contract.ts';
import { useArchiveRule, useArmRule, useSaveRule, useSwitchRule } from '../../api/rules.ts';
import { useCan } from '../../api/session.ts';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { Card } from '../../components/Page.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { useToast } from '../../components/Toasts.tsx';
import { useUnsavedGuard } from '../../components/use-unsaved-guard.tsx';
import { When } from '../../components/When.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import { readFields, writeField } from './rule-text.ts';
import { SaveProblem } from './SaveProblem.tsx';
import { TimeMachine } from './TimeMachine.tsx';

export function RuleDetails({ rule }: { rule: Rule }) {
  const canWrite = useCan('rules:write');
  const [text, setText] = useState(rule.text);
  const pipelines = usePipelineChoices(rule.connection_id);
  const save = useSaveRule();
  const { toast } = useToast();
  const isDirty = text !== rule.text;
  const guard = useUnsavedGuard(isDirty && !save.isPending);
  return (
    <div className="space-y-4">
      <RuleEditor text={text} error={save.error} pipelines={pipelines} disabled={!canWrite} onChange={setText} />
      <SaveProblem error={save.error} />
      {canWrite && (
        <div className="flex gap-2">
          <Button
            tone="primary"
            busy={save.isPending}
            disabled={!isDirty}
            onClick={() =>
              save.mutate(
                { id: rule.id, text },
                { onSuccess: ({ version }) => toast({ title: `Saved as version ${version}` }) },
              )
            }
          >
            Save as version {rule.version + 1}
          </Button>
          <Button disabled={!isDirty} onClick={() => setText(rule.text)}>
            Discard
          </Button>
        </div>
      )}
      <TimeMachine
        connectionId={rule.connection_id}
        text={text}
        threshold={Number(readFields(text)?.threshold) || 1}
        canWrite={canWrite}
        onThreshold={(threshold) => setText(writeField(text, 'threshold', String(threshold)))}
      />
      <Life rule={rule} canWrite={canWrite} />
      {guard}
    </div>
  );
}

function Life({ rule, canWrite }: { rule: Rule; canWrite: boolean }) {
  const [asking, setAsking] = useState<'arm' | 'archive' | null>(null);
  const change = useSwitchRule();
  const arm = useArmRule();
  const archive = useArchiveRule();
  const navigate = useNavigate();
  const { toastError } = useToast();
  return (
    <Card title="Life of the rule">
      <div className="space-y-4">
        <Toggle
          label="On"
          hint="Off: clicks are still counted, and nothing fires."
          checked={rule.enabled}
          disabled={!canWrite || change.isPending}
          onChange={(enabled) =>
            change.mutate(
              { id: rule.id, enabled },
              { onError: (error) => toastError('The rule was not switched', error) },
            )
          }
        />
        <p className="text-muted">
          {rule.arming.since === null ? (
            'Armed since it was made'
          ) : (
            <>
              Armed again <When at={rule.arming.since} />
            </>
          )}
          : it fires once for each deal. Versions:{' '}
          {rule.versions.map(({ version, at }, index) => (
            <span key={version}>
              {index > 0 && ', '}
              {version} (<When at={at} />)
            </span>
          ))}
        </p>
        {canWrite && (
          <div className="flex gap-2">
            <Button icon="refresh" onClick={() => setAsking('arm')}>
              Arm again
            </Button>
            <Button tone="danger" icon="archive" onClick={() => setAsking('archive')}>
              Archive
            </Button>
          </div>
        )}
      </div>
      {asking === 'arm' && (
        <ConfirmDialog
          title="Arm the rule again?"
          confirm="Arm it again"
          onClose={() => setAsking(null)}
          onConfirm={() => arm.mutateAsync(rule.id)}
        >
          It may then fire once more for each deal, by clicks from now on. Deals whose move was taken back stay exempt.
        </ConfirmDialog>
      )}
      {asking === 'archive' && (
        <ConfirmDialog
          title="Archive the rule?"
          confirm="Archive it"
          danger
          onClose={() => setAsking(null)}
          onConfirm={async () => {
            await archive.mutateAsync(rule.id);
            void navigate('/rules', { replace: true });
          }}
        >
          It never fires again. What it did stays in the list of moves and can still be taken back.
        </ConfirmDialog>
      )}
    </Card>
  );
}
