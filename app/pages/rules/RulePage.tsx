// One rule. What can be done with it comes with the YAML reader.
import { lazy, Suspense } from 'react';
import { useParams } from 'react-router';
import { useRule } from '../../api/rules.ts';
import { Badge } from '../../components/Badge.tsx';
import { Page } from '../../components/Page.tsx';
import { ErrorState, Loading } from '../../components/States.tsx';
import { modeWords } from './words.ts';

const load = () => import('./RuleDetails.tsx');
const RuleDetails = lazy(async () => ({ default: (await load()).RuleDetails }));
// On its way while the rule is asked for; should it fail, it is tried again where it is shown.
load().catch(() => undefined);

export function RulePage() {
  const { ruleId = '' } = useParams();
  const { data: rule, error, refetch } = useRule(ruleId);
  if (error && !rule) return <ErrorState error={error} retry={() => void refetch()} />;
  return (
    <Page
      title={rule ? (rule.name ?? 'Rule without a name') : 'Rule'}
      back={{ to: '/rules', label: 'Rules' }}
      description={rule && <Badge tone={modeWords[rule.mode].tone}>{modeWords[rule.mode].label}</Badge>}
    >
      {rule ? (
        <Suspense fallback={<Loading lines={8} />}>
          <RuleDetails key={rule.version} rule={rule} />
        </Suspense>
      ) : (
        <Loading lines={8} />
      )}
    </Page>
  );
}
