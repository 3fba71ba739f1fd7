// A new rule: first an account to make it for; then its draft, which comes with the YAML reader.
import { lazy, Suspense } from 'react';
import { useConnections } from '../../api/connections.ts';
import { ButtonLink } from '../../components/Button.tsx';
import { Page } from '../../components/Page.tsx';
import { EmptyState, ErrorState, Loading } from '../../components/States.tsx';
import { nameOf } from '../connections/names.ts';

const load = () => import('./RuleDraft.tsx');
const RuleDraft = lazy(async () => ({ default: (await load()).RuleDraft }));
// On its way while the accounts are asked for; should it fail, it is tried again where it is shown.
load().catch(() => undefined);

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
        <Suspense fallback={<Loading lines={8} />}>
          <RuleDraft
            accounts={active.map((connection) => ({ value: connection.id, label: nameOf(connection) }))}
            firstId={first.id}
          />
        </Suspense>
      )}
    </Page>
  );
}
