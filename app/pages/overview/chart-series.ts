// Which numbers of a day a chart stacks, in what order and colour, and what a screen reader hears instead of the picture. Pure.
import { plural, sayDay } from '../../components/say.ts';
import type { Day } from '../../api/contract.ts';

export type ChartView = 'clicks' | 'deliveries';

export interface Series {
  key: 'human' | 'unsure' | 'machine' | 'delivered' | 'waiting' | 'failed' | 'skipped';
  name: string;
  color: string;
}

export const seriesOf: Record<ChartView, readonly Series[]> = {
  clicks: [
    { key: 'human', name: 'People', color: 'var(--color-chart-1)' },
    { key: 'unsure', name: 'Unsure', color: 'var(--color-chart-3)' },
    { key: 'machine', name: 'Machines', color: 'var(--color-chart-2)' },
  ],
  deliveries: [
    { key: 'delivered', name: 'Delivered', color: 'var(--color-chart-1)' },
    { key: 'waiting', name: 'Waiting', color: 'var(--color-chart-3)' },
    { key: 'failed', name: 'Failed', color: 'var(--color-chart-4)' },
    { key: 'skipped', name: 'Skipped', color: 'var(--color-chart-2)' },
  ],
};

/** "12 People, 3 Machines on the busiest day, 4 Nov; 40 in all". */
export function describeDays(days: readonly Day[], view: ChartView): string {
  const series = seriesOf[view];
  const sumOf = (day: Day) => series.reduce((sum, { key }) => sum + day[key], 0);
  const total = days.reduce((sum, day) => sum + sumOf(day), 0);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last || total === 0) return 'Nothing in this span yet.';
  const busiest = days.reduce((most, day) => (sumOf(day) > sumOf(most) ? day : most), first);
  const one = view === 'clicks' ? 'click' : 'delivery';
  const many = view === 'clicks' ? 'clicks' : 'deliveries';
  return `${plural(total, one, many)} from ${sayDay(first.day)} to ${sayDay(last.day)}; most on ${sayDay(busiest.day)}: ${plural(sumOf(busiest), one, many)}.`;
}
