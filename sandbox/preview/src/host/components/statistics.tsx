/** Statistics and their trends. */
import { classes, type Common } from './props.ts';

export function Statistics({ children, testId }: Common) {
  return (
    <dl className="hs-statistics" data-testid={testId}>
      {children}
    </dl>
  );
}

export function StatisticsItem({
  label,
  number,
  children,
  testId,
}: Common & { label: string; number: string | number }) {
  return (
    <div className="hs-statistic" data-testid={testId}>
      <dt>{label}</dt>
      <dd className="hs-statistic-number">{number}</dd>
      {children && <dd>{children}</dd>}
    </div>
  );
}

type TrendProps = Common & { value: string; direction: string; color?: string };

export function StatisticsTrend({ value, direction, color, testId }: TrendProps) {
  const up = direction === 'increase';
  const tone = color ?? (up ? 'green' : 'red');
  return (
    <span className={classes('hs-trend', `hs-trend-${tone}`)} data-testid={testId}>
      <span aria-hidden="true">{up ? '▲' : '▼'}</span>
      <span className="hs-hidden">{up ? 'Increase:' : 'Decrease:'} </span> {value}
    </span>
  );
}
