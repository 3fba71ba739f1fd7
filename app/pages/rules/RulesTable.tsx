// The rules: what starts each, what it may do, and its switch.
import { Switch } from 'radix-ui';
import { Link } from 'react-router';
import type { Rule } from '../../api/contract.ts';
import { useRules, useSwitchRule } from '../../api/rules.ts';
import { Badge } from '../../components/Badge.tsx';
import { ButtonLink } from '../../components/Button.tsx';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { EmptyState } from '../../components/States.tsx';
import { useToast } from '../../components/Toasts.tsx';
import { triggerWords } from './trigger-words.ts';
import { modeWords } from './words.ts';

export function RulesTable({ canWrite }: { canWrite: boolean }) {
  const { data: rules, error, refetch } = useRules();
  return (
    <DataTable
      caption="Rules"
      columns={columns}
      pages={{ rows: rules, error: rules ? null : error, retry: () => void refetch() }}
      keyOf={({ id }) => id}
      skeletonRows={3}
      empty={
        <EmptyState
          icon="rules"
          title="No rules yet"
          actions={
            canWrite && (
              <ButtonLink to="new" tone="primary" icon="plus">
                Draft the first rule
              </ButtonLink>
            )
          }
        >
          Draft one and rehearse it over the clicks you already have: you see which deals it would have moved, and when,
          before it may touch anything. A pricing page or a proposal is a good first choice.
        </EmptyState>
      }
    />
  );
}

const columns: Column<Rule>[] = [
  {
    name: 'Rule',
    main: true,
    cell: ({ id, name, text }) => (
      <div className="min-w-0">
        <Link to={id} className="font-medium hover:underline">
          {name ?? 'Rule without a name'}
        </Link>
        <div className="text-[0.8125rem] text-muted">{triggerWords(text)}</div>
      </div>
    ),
  },
  {
    name: 'Mode',
    className: 'sm:w-28',
    cell: ({ mode }) => <Badge tone={modeWords[mode].tone}>{modeWords[mode].label}</Badge>,
  },
  { name: 'Version', className: 'sm:w-24 numeric', wideOnly: true, cell: ({ version }) => version },
  { name: 'On', className: 'sm:w-20', align: 'right', cell: (rule) => <RuleSwitch rule={rule} /> },
];

function RuleSwitch({ rule: { id, name, enabled } }: { rule: Rule }) {
  const change = useSwitchRule();
  const { toastError } = useToast();
  return (
    <Switch.Root
      checked={enabled}
      disabled={change.isPending}
      aria-label={`${name ?? 'Rule'} is on`}
      onCheckedChange={(next) =>
        change.mutate({ id, enabled: next }, { onError: (error) => toastError('The rule was not switched', error) })
      }
      className="relative h-6 w-10 shrink-0 rounded-full bg-line-strong align-middle transition-colors disabled:opacity-50 data-[state=checked]:bg-accent"
    >
      <Switch.Thumb className="block size-5 translate-x-0.5 rounded-full bg-white shadow transition-transform data-[state=checked]:translate-x-[1.125rem] dark:bg-page" />
    </Switch.Root>
  );
}
