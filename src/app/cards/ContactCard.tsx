// The contact card: what this contact clicked, where they came from, what they converted to, and why a click is missing.
import { useState } from 'react';
import { Divider, Heading, Link } from '@hubspot/ui-extensions';
import { useCardHost, type CardHost } from './card-host.ts';
import { ClickTable } from './ClickTable.tsx';
import { Conversions } from './Conversions.tsx';
import { FilterRow } from './FilterRow.tsx';
import { MachineClicks } from './MachineClicks.tsx';
import { MissingClicks } from './MissingClicks.tsx';
import { NoClicks } from './NoClicks.tsx';
import { Activity } from './shared/Activity.tsx';
import { linkChoices } from './shared/activity-view.ts';
import { callCardApi } from './shared/call-card-api.ts';
import type { CardContact } from './shared/card-api.ts';
import { Connected } from './shared/Connected.tsx';
import { TopList } from './shared/TopList.tsx';
import { useCardApi } from './shared/use-card-api.ts';
import { contactRequest, contactSubject, isFiltered, noFilters, type Filters } from './subject.ts';
import { Touches } from './Touches.tsx';

export function ContactCard({ compact = false }: { compact?: boolean }) {
  const host = useCardHost();
  const { words, origin, recordId } = host;
  const [filters, setFilters] = useState(noFilters);
  const loading = useCardApi(origin, contactRequest(recordId, filters));

  return (
    <Connected loading={loading} words={words}>
      {(contact) => (
        <>
          {!compact && (
            <FilterRow
              filters={filters}
              links={linkChoices(contact.links, words)}
              words={words}
              onChange={setFilters}
            />
          )}
          <Activity {...contact} words={words} compact={compact || contact.clicks.now + contact.clicks.before === 0} />
          <Clicks
            contact={contact}
            filters={filters}
            host={host}
            compact={compact}
            onShowAll={() => setFilters(noFilters)}
          />
          <MissingClicks missing={contact.missing} now={contact.now} words={words} origin={origin} />
          {!compact && <Divider />}
          <Touches touches={contact.touches} now={contact.now} words={words} compact={compact} />
          {!compact && <Conversions conversions={contact.conversions} now={contact.now} words={words} />}
          <Link href={{ url: contact.log_url, external: true }}>{words.say('openConsole')}</Link>
        </>
      )}
    </Connected>
  );
}

interface ClicksProps {
  contact: CardContact;
  filters: Filters;
  host: CardHost;
  compact: boolean;
  onShowAll: () => void;
}

function Clicks({ contact, filters, host, compact, onShowAll }: ClicksProps) {
  const { words, origin, recordId } = host;
  const { now } = contact;
  const machine = (
    <MachineClicks count={contact.machine} subject={contactSubject(recordId, filters)} origin={origin} words={words} />
  );
  if (contact.recent.clicks.length === 0) {
    return (
      <>
        <NoClicks
          days={contact.period.days}
          kind="contact"
          filtered={isFiltered(filters)}
          words={words}
          onShowAll={onShowAll}
        />
        {machine}
      </>
    );
  }
  const links = contact.top_links.map(({ link, ...row }) => ({ id: link.slug, label: link.title, ...row }));
  if (compact) return <TopList title={words.say('topLinksTitle')} rows={links.slice(0, 3)} now={now} words={words} />;
  return (
    <>
      <Heading>{words.say('recentTitle')}</Heading>
      <ClickTable
        key={JSON.stringify(contact.recent)}
        first={contact.recent}
        now={now}
        words={words}
        origin={origin}
        withWho={false}
        older={async (cursor) => callCardApi(origin, contactRequest(recordId, filters, { cursor }))}
      />
      {machine}
      <TopList title={words.say('topLinksTitle')} rows={links} now={now} words={words} />
    </>
  );
}
