// The home page: how the account is doing, what needs somebody, where the clicks are, what the rules did.
import { useState } from 'react';
import {
  EmptyState,
  Flex,
  Heading,
  Link,
  Select,
  Text,
  useExtensionActions,
  useExtensionContext,
} from '@hubspot/ui-extensions';
import { PageTitle } from '@hubspot/ui-extensions/pages';
import { HotDeals } from './HotDeals.tsx';
import { Problems } from './Problems.tsx';
import { RuleTable } from './RuleTable.tsx';
import { Activity } from './shared/Activity.tsx';
import type { CardHome } from './shared/card-api.ts';
import { Connected } from './shared/Connected.tsx';
import type { Host } from './shared/host.ts';
import { Move } from './shared/Move.tsx';
import { dealName, personName } from './shared/names.ts';
import { TopList } from './shared/TopList.tsx';
import { useCardApi } from './shared/use-card-api.ts';
import { languageOf, makeWords, type Words } from './shared/words.ts';

export function HomePage() {
  const { portal, user, variables } = useExtensionContext<'pages'>();
  const { addAlert, closeOverlay } = useExtensionActions<'pages'>();
  const words = makeWords(languageOf(user));
  const host: Host = { origin: String(variables?.APP_ORIGIN ?? ''), notify: addAlert, closeOverlay };
  const [days, setDays] = useState<'30' | '90'>('30');
  const loading = useCardApi(host.origin, { id: 'getCardHome', query: { days } });

  return (
    <>
      <PageTitle>{words.say('homeTitle')}</PageTitle>
      <Connected loading={loading} words={words}>
        {(home) => (
          <>
            <Select
              label={words.say('period')}
              name="days"
              value={days}
              options={[
                { label: words.say('days30'), value: '30' },
                { label: words.say('days90'), value: '90' },
              ]}
              onChange={(value) => setDays(value === '90' ? '90' : '30')}
            />
            <Problems problems={home.problems} queue={home.queue} now={home.now} words={words} />
            <Clicks home={home} portalId={portal.id} words={words} />
            <Moves home={home} host={host} words={words} onUndone={loading.reload} />
            <RuleTable rules={home.rules} words={words} />
            <Link href={{ url: home.console_url, external: true }}>{words.say('openConsole')}</Link>
          </>
        )}
      </Connected>
    </>
  );
}

function Clicks({ home, portalId, words }: { home: CardHome; portalId: number; words: Words }) {
  const { clicks, machine, period, now } = home;
  if (clicks.now + clicks.before === 0) {
    return (
      <EmptyState title={words.say('emptyTitle')} imageName="emptyStateCharts" layout="vertical" flush>
        <Text>{words.say('emptyHome', { days: period.days })}</Text>
      </EmptyState>
    );
  }
  const links = home.links.map(({ link, ...row }) => ({ id: link.slug, label: link.title, ...row }));
  const people = home.contacts.map(({ contact, ...row }) => {
    return { id: contact.id, label: personName(contact, words), ...row };
  });
  return (
    <>
      <Activity {...home} words={words} />
      {machine.clicks > 0 && <Text variant="microcopy">{words.count('machineClicks', machine.clicks)}</Text>}
      <HotDeals deals={home.deals} portalId={portalId} now={now} words={words} />
      <TopList title={words.say('topLinksTitle')} rows={links} now={now} words={words} />
      <TopList title={words.say('topPeopleTitle')} rows={people} now={now} words={words} />
    </>
  );
}

interface MovesProps {
  home: CardHome;
  host: Host;
  words: Words;
  onUndone: () => void;
}

function Moves({ home, host, words, onUndone }: MovesProps) {
  if (home.moves.length === 0) return null;
  return (
    <Flex direction="column" gap="md">
      <Heading>{words.say('movesTitle')}</Heading>
      {home.moves.map((move) => (
        <Flex key={move.id} direction="column" gap="flush">
          <Text variant="microcopy">{dealName({ id: move.deal_id, name: move.deal_name }, words)}</Text>
          <Move move={move} now={home.now} words={words} host={host} onUndone={onUndone} />
        </Flex>
      ))}
    </Flex>
  );
}
