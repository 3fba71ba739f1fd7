// A copy of src/app/cards/shared/Activity.tsx, made by `npm run card-types`: change it there.
// Human clicks now and before, and the trend.
import { LineChart, Statistics, StatisticsItem, StatisticsTrend, Text } from '@hubspot/ui-extensions';
import { changeOf, clicksBefore, clicksNow, trendRows } from './activity-view.ts';
import type { CardCount, CardPeriod, CardTrend } from './card-api.ts';
import type { Words } from './words.ts';

interface ActivityProps {
  clicks: CardCount;
  period: CardPeriod;
  trend: CardTrend;
  words: Words;
  /** Without the chart. */
  compact?: boolean;
}

export function Activity({ clicks, period, trend, words, compact = false }: ActivityProps) {
  const change = changeOf(clicks, words);
  return (
    <>
      <Statistics>
        <StatisticsItem label={words.say('humanClicks')} number={clicksNow(clicks, words)}>
          {change && <StatisticsTrend direction={change.direction} value={change.value} />}
          <Text variant="microcopy">{clicksBefore(clicks, period, words)}</Text>
        </StatisticsItem>
      </Statistics>
      {!compact && (
        <LineChart
          data={trendRows(trend, words)}
          axes={{
            x: { field: 'day', fieldType: 'category', label: words.say('day') },
            y: { field: 'clicks', fieldType: 'linear', label: words.say('clicks') },
          }}
          options={{ title: words.say('trendTitle'), showTooltips: true, showLegend: false }}
        />
      )}
    </>
  );
}
