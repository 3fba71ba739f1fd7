/** What a chart shows, out of the props an extension sends: series of points on one scale, and the same in words. Pure. */

type Row = Record<string, string | number>;
type Axis = { field: string; fieldType: string; label?: string };
export type ChartProps = {
  data: Row[] | { data: Row[]; options?: { propertyLabels?: Record<string, Record<string, string>> } };
  axes: {
    x: Axis;
    y: Axis;
    options?: { groupFieldByColor?: string; stacking?: boolean; colors?: Record<string, string> };
  };
  options?: {
    title?: string;
    showLegend?: boolean;
    showTooltips?: boolean;
    showDataLabels?: boolean;
    colorList?: string[];
    colors?: string[];
  };
  testId?: string;
};

export type Series = { name: string; color: string; values: number[] };
export type ChartModel = {
  title: string;
  xLabel: string;
  yLabel: string;
  /** As the extension wrote them. */
  categories: string[];
  labels: string[];
  series: Series[];
  top: number;
  stacked: boolean;
  /** One sentence for who does not see the picture. */
  words: string;
};

const palette = ['orange', 'aqua', 'purple', 'yellow', 'pink', 'blue', 'green'];

/** A round number at or above the largest value, so that four lines across the chart have round labels. */
function roundTop(max: number): number {
  if (max <= 4) return 4;
  const unit = 10 ** Math.floor(Math.log10(max / 4));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * unit * 4 >= max) ?? 10;
  return step * unit * 4;
}

function toLabel({ fieldType }: Axis, value: string, locale: string): string {
  const time = /^\d{12,14}$/.test(value) ? Number(value) : Date.parse(value);
  const isDay = fieldType === 'datetime' || /^\d{4}-\d{2}-\d{2}$/.test(value);
  if (!isDay || Number.isNaN(time)) return value;
  return new Date(time).toLocaleDateString(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
}

export function toModel({ data, axes, options = {} }: ChartProps, locale: string): ChartModel {
  const rows = Array.isArray(data) ? data : data.data;
  const names = Array.isArray(data) ? {} : (data.options?.propertyLabels ?? {});
  const { x, y } = axes;
  const group = axes.options?.groupFieldByColor;
  const categories = [...new Set(rows.map((row) => String(row[x.field] ?? '')))];
  const groups = group ? [...new Set(rows.map((row) => String(row[group] ?? '')))] : [''];
  const colors = options.colorList ?? options.colors ?? palette;
  const series = groups.map((key, index) => ({
    name: group ? (names[group]?.[key] ?? key) : (y.label ?? y.field),
    color: axes.options?.colors?.[key] ?? colors[index % colors.length] ?? 'orange',
    values: categories.map((category) =>
      rows
        .filter((row) => String(row[x.field] ?? '') === category && (!group || String(row[group] ?? '') === key))
        .reduce((sum, row) => sum + (Number(row[y.field]) || 0), 0),
    ),
  }));
  const stacked = axes.options?.stacking ?? false;
  const sums = categories.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
  const highest = Math.max(0, ...(stacked ? sums : series.flatMap(({ values }) => values)));
  const labels = categories.map((value) => names[x.field]?.[value] ?? toLabel(x, value, locale));
  const yLabel = y.label ?? y.field;
  const total = sums.reduce((sum, value) => sum + value, 0);
  const title = options.title ?? '';
  const words = `${title || yLabel}: ${labels.length} × ${x.label ?? x.field}, ${labels[0] ?? ''} – ${labels.at(-1) ?? ''}; max ${highest}, total ${total}.`;
  return { title, xLabel: x.label ?? '', yLabel, categories, labels, series, top: roundTop(highest), stacked, words };
}
