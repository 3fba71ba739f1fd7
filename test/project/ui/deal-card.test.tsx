import { LoadingSpinner, StatisticsItem } from '@hubspot/ui-extensions';
import { expect, it } from 'vitest';
import { DealCard } from '../../../src/app/cards/DealCard.tsx';
import { deal } from './replies.ts';
import { answer, show } from './stage.ts';

it('shows a spinner, then the clicks of the last 30 days against the 30 before', async () => {
  const asked = answer({ getCardDeal: deal() });
  const card = show(<DealCard />);
  expect(card.find(LoadingSpinner).props.label).toBe('Loading clicks');
  await card.waitFor(() => card.find(StatisticsItem));
  expect(card.find(StatisticsItem).props.number).toBe('12');
  expect(asked).toEqual([{ method: 'GET', path: '/card/v1/deals/701', query: { days: '30' }, body: null }]);
});
