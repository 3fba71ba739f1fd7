// The columns of the list of links, and what can be done with each.
import { Link as RouterLink, useNavigate } from 'react-router';
import { Badge } from '../../components/Badge.tsx';
import { ButtonLink, IconButton } from '../../components/Button.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import type { Column } from '../../components/DataTable.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../components/Menu.tsx';
import { sayCount } from '../../components/say.ts';
import { When } from '../../components/When.tsx';
import type { Link } from '../../api/contract.ts';
import { shortOf, siteOf } from './addresses.ts';

interface LinkColumnsOptions {
  stats: Map<string, { clicks: number; atLeast: boolean }>;
  /** Kept in the address while a dialog is open. */
  search: string;
  canWrite: boolean;
  archive: (link: Link, archived: boolean) => void;
  onTag: (tag: string) => void;
}

export function linkColumns({ stats, search, canWrite, archive, onTag }: LinkColumnsOptions): Column<Link>[] {
  return [
    {
      name: 'Link',
      main: true,
      className: 'sm:max-w-80',
      cell: (link) => (
        <div className="min-w-0">
          <div className="flex items-center gap-2">
            <RouterLink to={{ pathname: link.id, search }} className="truncate font-medium hover:underline">
              {link.title}
            </RouterLink>
            {link.archived_at !== null && <Badge>Archived</Badge>}
          </div>
          <div className="truncate text-[0.8125rem] text-muted">
            {shortOf(link.short_url)} <span aria-hidden="true">→</span>
            <span className="sr-only">leads to</span> {siteOf(link.destination)}
          </div>
        </div>
      ),
    },
    {
      name: 'Tags',
      className: 'sm:max-w-56 max-sm:w-full',
      hideNameOnPhone: true,
      cell: ({ tags }) =>
        tags.length > 0 && (
          <div className="flex flex-wrap gap-1">
            {tags.map((tag) => (
              <button
                key={tag}
                type="button"
                title={`Show links with the tag ${tag}`}
                className="max-w-40 truncate rounded-md bg-sunken px-1.5 py-0.5 text-xs text-muted ring-1 ring-line ring-inset hover:text-ink"
                onClick={() => onTag(tag)}
              >
                {tag}
              </button>
            ))}
          </div>
        ),
    },
    {
      name: 'Clicks, 30 days',
      align: 'right',
      className: 'sm:w-32',
      cell: ({ id }) => {
        const found = stats.get(id);
        return <span className="numeric">{found ? `${sayCount(found.clicks)}${found.atLeast ? '+' : ''}` : '–'}</span>;
      },
    },
    { name: 'Made', className: 'sm:w-32 text-muted', wideOnly: true, cell: ({ created_at: at }) => <When at={at} /> },
    {
      name: 'Actions',
      hideName: true,
      align: 'right',
      className: 'sm:w-32 max-sm:ml-auto',
      cell: (link) => (
        <div className="flex justify-end">
          <CopyButton text={link.short_url} what={`short link of ${link.title}`} iconOnly />
          <ButtonLink
            to={{ pathname: `${link.id}/qr`, search }}
            icon="qr"
            size="icon"
            tone="quiet"
            aria-label={`QR code of ${link.title}`}
            title="QR code"
          >
            {null}
          </ButtonLink>
          <RowMenu link={link} search={search} canWrite={canWrite} archive={archive} />
        </div>
      ),
    },
  ];
}

interface RowMenuProps extends Pick<LinkColumnsOptions, 'search' | 'canWrite' | 'archive'> {
  link: Link;
}

function RowMenu({ link, search, canWrite, archive }: RowMenuProps) {
  const navigate = useNavigate();
  return (
    <Menu trigger={<IconButton name={`More about ${link.title}`} icon="more" />}>
      <MenuItem icon="edit" onSelect={() => void navigate({ pathname: link.id, search })}>
        {canWrite ? 'Edit' : 'Details'}
      </MenuItem>
      <MenuItem icon="external" onSelect={() => window.open(link.destination, '_blank', 'noopener')}>
        Open the destination
      </MenuItem>
      {canWrite && (
        <>
          <MenuSeparator />
          {link.archived_at === null ? (
            <MenuItem icon="archive" danger onSelect={() => archive(link, true)}>
              Archive
            </MenuItem>
          ) : (
            <MenuItem icon="undo" onSelect={() => archive(link, false)}>
              Restore
            </MenuItem>
          )}
        </>
      )}
    </Menu>
  );
}
