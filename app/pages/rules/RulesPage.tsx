// The rules of the workspace, and what they did. Which of both is looked at stands in the address.
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { useCan } from '../../api/session.ts';
import { ButtonLink } from '../../components/Button.tsx';
import { Card, Page } from '../../components/Page.tsx';
import { Segments } from '../../components/Segments.tsx';
import { Loading } from '../../components/States.tsx';
import { MovesTable } from './MovesTable.tsx';

// Comes with the YAML reader.
const RulesTable = lazy(async () => ({ default: (await import('./RulesTable.tsx')).RulesTable }));

const views = [
  { value: 'rules', label: 'Rules' },
  { value: 'moves', label: 'What they did' },
] as const;

export function RulesPage() {
  const [search, setSearch] = useSearchParams();
  const view = search.get('view') === 'moves' ? 'moves' : 'rules';
  const canWrite = useCan('rules:write');
  return (
    <Page
      title="Rules"
      description="When somebody clicks often enough, the deal moves on. Only clicks of people count; a deal is never moved back."
      actions={
        canWrite && (
          <ButtonLink to="new" icon="plus" tone="primary">
            New rule
          </ButtonLink>
        )
      }
    >
      <div className="mb-3">
        <Segments
          label="View"
          value={view}
          options={views}
          onChange={(next) => setSearch(next === 'moves' ? { view: next } : {}, { replace: true })}
        />
      </div>
      <Card flush>
        <Suspense fallback={<Loading lines={4} />}>
          {view === 'moves' ? <MovesTable /> : <RulesTable canWrite={canWrite} />}
        </Suspense>
      </Card>
    </Page>
  );
}
