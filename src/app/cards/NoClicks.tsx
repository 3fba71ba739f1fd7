// Nothing to show: because nobody clicked yet, or because of the filters.
import { Button, EmptyState, Text } from '@hubspot/ui-extensions';
import type { Words } from './shared/words.ts';

interface NoClicksProps {
  days: number;
  kind: 'deal' | 'contact';
  filtered: boolean;
  words: Words;
  onShowAll: () => void;
}

export function NoClicks({ days, kind, filtered, words, onShowAll }: NoClicksProps) {
  if (filtered) {
    return (
      <EmptyState title={words.say('emptyTitle')} imageName="voteAndSearch" layout="vertical" flush>
        <Text>{words.say('emptyFiltered')}</Text>
        <Button testId="show-all" onClick={onShowAll}>
          {words.say('showAll')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={words.say('emptyTitle')} imageName="emptyStateCharts" layout="vertical" flush>
      <Text>{words.say(kind === 'deal' ? 'emptyDeal' : 'emptyContact', { days })}</Text>
    </EmptyState>
  );
}
