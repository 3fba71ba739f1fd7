// All short links, searched and paged by the server. What is being looked for stands in the address; dialogs open over the list.
import { Outlet, useLocation } from 'react-router';
import { ButtonLink } from '../../components/Button.tsx';
import { DataTable } from '../../components/DataTable.tsx';
import { Card, Page } from '../../components/Page.tsx';
import { EmptyState } from '../../components/States.tsx';
import { useCan } from '../../api/session.ts';
import { useLinks, useLinkStats } from '../../api/links.ts';
import { LinkFilters } from './LinkFilters.tsx';
import { linkColumns } from './link-columns.tsx';
import { useLinkFilter } from './use-link-filter.ts';
import { useArchive } from './use-archive.ts';

export function LinksPage() {
  const { filter, setFilter, isFiltered } = useLinkFilter();
  const { search } = useLocation();
  const canWrite = useCan('links:write');
  const pages = useLinks(filter);
  const stats = useLinkStats((pages.rows ?? []).map(({ id }) => id));
  const archive = useArchive();

  return (
    <Page
      title="Links"
      description="Every click on one of these is matched to a contact and shown on the timelines of contact and deal."
      actions={
        canWrite && (
          <>
            <ButtonLink to={{ pathname: 'import', search }} icon="upload">
              Import
            </ButtonLink>
            <ButtonLink to={{ pathname: 'new', search }} icon="plus" tone="primary">
              New link
            </ButtonLink>
          </>
        )
      }
    >
      <Card flush>
        <LinkFilters filter={filter} onChange={setFilter} />
        <DataTable
          caption="Short links"
          columns={linkColumns({ stats, search, canWrite, archive, onTag: (tag) => setFilter({ tag }) })}
          pages={pages}
          keyOf={({ id }) => id}
          empty={
            isFiltered ? (
              <NothingFound onClear={() => setFilter({ q: undefined, tag: undefined })} />
            ) : (
              <NoLinks canWrite={canWrite} />
            )
          }
        />
      </Card>
      <Outlet />
    </Page>
  );
}

function NoLinks({ canWrite }: { canWrite: boolean }) {
  return (
    <EmptyState
      icon="link"
      title="No links yet"
      actions={
        canWrite && (
          <>
            <ButtonLink to="new" tone="primary" icon="plus">
              Make the first link
            </ButtonLink>
            <ButtonLink to="import" icon="upload">
              Import a CSV file
            </ButtonLink>
          </>
        )
      }
    >
      A short link leads to your page and tells HubSpot who came. Put it in a mail with{' '}
      <code className="rounded bg-sunken px-1 font-mono text-xs">?eid={'{{contact.hs_object_id}}'}</code> at its end,
      and HubSpot fills in who gets it.
    </EmptyState>
  );
}

function NothingFound({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon="search"
      title="No link matches"
      actions={
        <button type="button" className="link" onClick={onClear}>
          Show all links
        </button>
      }
    >
      Words are looked for at the beginning of slug, title, tags and the host of the destination.
    </EmptyState>
  );
}
