// The preparation of an account, step by step, while it happens.
import { Badge, type Tone } from '../../components/Badge.tsx';
import { Icon, type IconName } from '../../components/Icon.tsx';
import { Card } from '../../components/Page.tsx';
import { When } from '../../components/When.tsx';
import type { Connection } from '../../api/contract.ts';

type Provisioning = Connection['provisioning'];

const summaries: Record<Provisioning['state'], { label: string; tone: Tone; words: string }> = {
  pending: { label: 'About to begin', tone: 'info', words: 'Begins by itself within seconds.' },
  running: { label: 'Preparing', tone: 'info', words: 'Usually done within a minute.' },
  ready: { label: 'Ready', tone: 'good', words: 'What somebody deletes in HubSpot is made again by itself.' },
  failed: { label: 'A step failed', tone: 'bad', words: 'It is tried again by itself. Clicks are kept meanwhile.' },
};

const marks: Record<Provisioning['steps'][number]['state'], { icon: IconName; look: string; words: string }> = {
  done: { icon: 'check', look: 'bg-good-soft text-good', words: 'done' },
  failed: { icon: 'warn', look: 'bg-bad-soft text-bad', words: 'failed' },
  pending: { icon: 'dot', look: 'bg-sunken text-muted', words: 'not yet' },
};

export function ProvisioningCard({ connection: { provisioning } }: { connection: Connection }) {
  const { label, tone, words } = summaries[provisioning.state];
  return (
    <Card
      title="Preparation"
      description={words}
      className="self-start"
      actions={
        <span role="status">
          <Badge tone={tone}>{label}</Badge>
        </span>
      }
    >
      {provisioning.steps.length > 0 && (
        <ol className="space-y-2.5">
          {provisioning.steps.map((step, index) => {
            const mark = marks[step.state];
            return (
              <li key={`${index} ${step.name}`} className="flex gap-2.5">
                <span className={`mt-0.5 grid size-5 shrink-0 place-items-center rounded-full ${mark.look}`}>
                  <Icon name={mark.icon} size={12} />
                </span>
                <span className="min-w-0">
                  <span className="block break-words">{step.name}</span>
                  <span className="block text-xs text-muted">
                    <span className="sr-only">{mark.words}. </span>
                    {step.detail}
                  </span>
                </span>
              </li>
            );
          })}
        </ol>
      )}
      <p className="mt-4 text-xs text-muted">
        Last looked at <When at={provisioning.at} />
      </p>
    </Card>
  );
}
