// Who changed what and when. Narrowed by whoever or whatever is pressed; the address keeps it.
import { useSearchParams } from 'react-router';
import { Button } from '../../components/Button.tsx';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Card } from '../../components/Page.tsx';
import { EmptyState } from '../../components/States.tsx';
import { When } from '../../components/When.tsx';
import type { AuditEntry } from '../../api/contract.ts';
import { useAudit } from '../../api/settings.ts';

const names = ['actor_id', 'action', 'target_id'] as const;

export function AuditPart() {
  const [search, setSearch] = useSearchParams();
  const filter = Object.fromEntries(names.map((name) => [name, search.get(name) ?? undefined]));
  const isFiltered = names.some((name) => search.has(name));
  const pages = useAudit(filter);
  const narrow = (name: (typeof names)[number], value: string) => setSearch({ [name]: value });
  return (
    <Card
      title="Audit log"
      description="Every change, by people, keys and the command line. It keeps names of fields, never their values."
      actions={isFiltered && <Button onClick={() => setSearch({})}>Show all</Button>}
      flush
    >
      <DataTable
        caption="Audit log"
        columns={columns(narrow)}
        pages={pages}
        keyOf={({ id }) => id}
        empty={
          <EmptyState icon="log" title={isFiltered ? 'Nothing matches' : 'Nothing was changed yet'}>
            Whoever makes a link, changes a mapping or invites somebody leaves a line here.
          </EmptyState>
        }
      />
    </Card>
  );
}

function columns(narrow: (name: (typeof names)[number], value: string) => void): Column<AuditEntry>[] {
  return [
    { name: 'When', hideNameOnPhone: true, className: 'text-muted sm:w-36', cell: ({ at }) => <When at={at} /> },
    {
      name: 'Who',
      hideNameOnPhone: true,
      className: 'sm:w-52',
      cell: ({ actor }) => (
        <button type="button" className="text-left hover:underline" onClick={() => narrow('actor_id', actor.id)}>
          <span className="font-medium">{actor.name}</span>
          <span className="text-muted"> {kinds[actor.kind]}</span>
        </button>
      ),
    },
    {
      name: 'Did',
      main: true,
      cell: ({ action, words, fields }) => (
        <>
          <button
            type="button"
            className="text-left hover:underline"
            title={action}
            onClick={() => narrow('action', action)}
          >
            {words}
          </button>
          {fields.length > 0 && <span className="block font-mono text-xs text-muted">{fields.join(', ')}</span>}
        </>
      ),
    },
    {
      name: 'What',
      wideOnly: true,
      cell: ({ target }) =>
        target && (
          <button
            type="button"
            className="font-mono text-xs break-all text-muted hover:underline"
            onClick={() => narrow('target_id', target.id)}
          >
            {target.id}
          </button>
        ),
    },
  ];
}

const kinds: Record<AuditEntry['actor']['kind'], string> = {
  member: '',
  key: '(API key)',
  operator: '(command line)',
  hubspot_user: '(in HubSpot)',
};
