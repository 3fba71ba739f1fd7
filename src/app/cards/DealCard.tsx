// The deal card: who of this deal clicked what, which rule moves it next, what moved it last. `compact` is the one for the sidebar.
import { useState } from 'react';
import { Divider, Flex, Heading, Link } from '@hubspot/ui-extensions';
import { useCardHost, type CardHost } from './card-host.ts';
import { ClickTable } from './ClickTable.tsx';
import { FilterRow } from './FilterRow.tsx';
import { MachineClicks } from './MachineClicks.tsx';
import { NoClicks } from './NoClicks.tsx';
import { RuleList } from './RuleList.tsx';
import { Activity } from './shared/Activity.tsx';
import { linkChoices, personChoices } from './shared/activity-view.ts';
import { callCardApi } from './shared/call-card-api.ts';
import type { CardDeal } from './shared/card-api.ts';
import { Connected } from './shared/Connected.tsx';
import { Move } from './shared/Move.tsx';
import { TopList } from './shared/TopList.tsx';
import { useCardApi } from './shared/use-card-api.ts';
import { dealRequest, dealSubject, isFiltered, noFilters, type Filters } from './subject.ts';

export function DealCard({ compact = false }: { compact?: boolean }) {
  const host = useCardHost();
  const { words, origin, recordId } = host;
  const [filters, setFilters] = useState(noFilters);
  const loading = useCardApi(origin, dealRequest(recordId, filters));
  const afterUndo = () => {
    loading.reload();
    host.refreshRecord();
  };

  return (
    <Connected loading={loading} words={words}>
      {(deal) => (
        <>
          {!compact && (
            <FilterRow
              filters={filters}
              links={linkChoices(deal.links, words)}
              people={personChoices(deal.contacts, words)}
              words={words}
              onChange={setFilters}
            />
          )}
          <Activity {...deal} words={words} compact={compact || deal.clicks.now + deal.clicks.before === 0} />
          {deal.last_move && (
            <Flex direction="column" gap="xs">
              <Heading>{words.say('moveTitle')}</Heading>
              <Move move={deal.last_move} now={deal.now} words={words} host={host} onUndone={afterUndo} />
            </Flex>
          )}
          <RuleList rules={compact ? deal.rules.slice(0, 1) : deal.rules} words={words} />
          {!compact && <Divider />}
          <Clicks deal={deal} filters={filters} host={host} compact={compact} onShowAll={() => setFilters(noFilters)} />
          <Link href={{ url: deal.log_url, external: true }}>{words.say('openConsole')}</Link>
        </>
      )}
    </Connected>
  );
}

interface ClicksProps {
  deal: CardDeal;
  filters: Filters;
  host: CardHost;
  compact: boolean;
  onShowAll: () => void;
}

function Clicks({ deal, filters, host, compact, onShowAll }: ClicksProps) {
  const { words, origin, recordId } = host;
  const { now } = deal;
  const subject = dealSubject(recordId, filters);
  const links = deal.top_links.map(({ link, ...row }) => ({ id: link.slug, label: link.title, ...row }));
  if (deal.recent.clicks.length === 0) {
    return (
      <>
        <NoClicks
          days={deal.period.days}
          kind="deal"
          filtered={isFiltered(filters)}
          words={words}
          onShowAll={onShowAll}
        />
        <MachineClicks count={deal.machine} subject={subject} origin={origin} words={words} />
      </>
    );
  }
  if (compact) return <TopList title={words.say('topLinksTitle')} rows={links.slice(0, 3)} now={now} words={words} />;
  return (
    <>
      <Heading>{words.say('recentTitle')}</Heading>
      <ClickTable
        key={JSON.stringify(deal.recent)}
        first={deal.recent}
        now={now}
        words={words}
        origin={origin}
        withWho
        older={async (cursor) => callCardApi(origin, dealRequest(recordId, filters, { cursor }))}
      />
      <MachineClicks count={deal.machine} subject={subject} origin={origin} words={words} />
      <TopList title={words.say('topLinksTitle')} rows={links} now={now} words={words} />
    </>
  );
}
