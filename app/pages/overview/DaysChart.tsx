// Days as stacked bars, with the same numbers as a table for whoever prefers or needs one.
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { sayCount, sayDay } from '../../components/say.ts';
import type { Day } from '../../api/contract.ts';
import { describeDays, seriesOf, type ChartView } from './chart-series.ts';

const axis = { fill: 'var(--color-muted)', fontSize: 12 };

export function DaysChart({ days, view }: { days: readonly Day[]; view: ChartView }) {
  const series = seriesOf[view];
  return (
    <figure>
      <div className="h-56 w-full" role="img" aria-label={describeDays(days, view)}>
        <ResponsiveContainer width="100%" height="100%">
          <BarChart data={[...days]} margin={{ top: 8, right: 4, bottom: 0, left: 0 }} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke="var(--color-line)" />
            <XAxis dataKey="day" tickFormatter={sayDay} tick={axis} tickLine={false} axisLine={false} minTickGap={28} />
            <YAxis
              width={40}
              allowDecimals={false}
              tickFormatter={sayCount}
              tick={axis}
              tickLine={false}
              axisLine={false}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ fill: 'var(--color-sunken)' }}
              content={view === 'clicks' ? clicksTip : deliveriesTip}
            />
            {series.map(({ key, name, color }) => (
              <Bar
                key={key}
                dataKey={key}
                name={name}
                stackId="day"
                fill={color}
                maxBarSize={28}
                isAnimationActive={false}
              />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      <figcaption className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted">
        {series.map(({ key, name, color }) => (
          <span key={key} className="inline-flex items-center gap-1.5">
            <Swatch color={color} /> {name}
          </span>
        ))}
      </figcaption>
      <details className="mt-2 text-xs text-muted">
        <summary className="w-fit cursor-pointer rounded hover:text-ink">Show the numbers</summary>
        <div className="mt-2 max-h-64 overflow-auto" tabIndex={0} role="region" aria-label="The numbers of the chart">
          <NumbersTable days={days} view={view} />
        </div>
      </details>
    </figure>
  );
}

interface TipState {
  active?: boolean;
  payload?: readonly { payload?: unknown }[];
}

const clicksTip = (state: TipState) => dayTip(state, 'clicks');
const deliveriesTip = (state: TipState) => dayTip(state, 'deliveries');

function dayTip({ active = false, payload = [] }: TipState, view: ChartView) {
  const day = payload[0]?.payload;
  return active && day ? <DayTip day={day as Day} view={view} /> : null;
}

function DayTip({ day, view }: { day: Day; view: ChartView }) {
  return (
    <div className="rounded-lg border border-line bg-raised px-3 py-2 text-xs shadow-float">
      <p className="font-semibold">{sayDay(day.day)}</p>
      {seriesOf[view].map(({ key, name, color }) => (
        <p key={key} className="flex items-center gap-1.5">
          <Swatch color={color} /> {name}
          <span className="numeric ml-auto pl-4 font-medium">{sayCount(day[key])}</span>
        </p>
      ))}
    </div>
  );
}

function NumbersTable({ days, view }: { days: readonly Day[]; view: ChartView }) {
  const series = seriesOf[view];
  return (
    <table className="numeric w-full max-w-lg text-left">
      <thead>
        <tr>
          <th scope="col" className="py-1 font-medium">
            Day
          </th>
          {series.map(({ key, name }) => (
            <th key={key} scope="col" className="py-1 text-right font-medium">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.toReversed().map((day) => (
          <tr key={day.day} className="border-t border-line">
            <th scope="row" className="py-1 font-normal">
              {sayDay(day.day)}
            </th>
            {series.map(({ key }) => (
              <td key={key} className="py-1 text-right text-ink">
                {sayCount(day[key])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Swatch({ color }: { color: string }) {
  return (
    <svg viewBox="0 0 10 10" width={10} height={10} aria-hidden="true">
      <rect width="10" height="10" rx="2" fill={color} />
    </svg>
  );
}
