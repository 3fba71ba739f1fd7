// How many deals would have moved at each threshold; the chosen one stands out.
import { Bar, BarChart, CartesianGrid, Cell, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { BackTestReply } from '../../api/contract.ts';
import { plural } from '../../components/say.ts';

const axis = { fill: 'var(--color-muted)', fontSize: 12 };

export function ThresholdChart({ results, chosen }: { results: BackTestReply['results']; chosen: number }) {
  const rows = results.map(({ threshold, moves }) => ({ threshold, deals: moves.length }));
  const [first, last] = [rows[0], rows.at(-1)];
  const words =
    first && last
      ? `From ${plural(first.deals, 'deal')} at ${first.threshold} clicks to ${plural(last.deals, 'deal')} at ${last.threshold}.`
      : '';
  return (
    <div className="h-56 w-full" role="img" aria-label={`Deals that would have moved, by threshold. ${words}`}>
      <ResponsiveContainer width="100%" height="100%">
        <BarChart data={rows} margin={{ top: 8, right: 4, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--color-line)" />
          <XAxis dataKey="threshold" tick={axis} tickLine={false} axisLine={false} minTickGap={16} />
          <YAxis width={40} allowDecimals={false} tick={axis} tickLine={false} axisLine={false} />
          <Bar dataKey="deals" maxBarSize={28} isAnimationActive={false}>
            {rows.map(({ threshold }) => (
              <Cell key={threshold} fill={threshold === chosen ? 'var(--color-chart-1)' : 'var(--color-chart-2)'} />
            ))}
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
