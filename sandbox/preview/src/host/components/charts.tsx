/** LineChart and BarChart as SVG, as wide as their place, with the numbers as a table for screen readers. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { toModel, type ChartModel, type ChartProps } from './chart-data.ts';

const height = 190;
const room = { top: 12, right: 12, bottom: 26, left: 40 };
const plotHeight = height - room.top - room.bottom;

/** The width the chart may take; text in it keeps its size at every width. */
function useWidth() {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(560);
  useEffect(() => {
    const box = ref.current;
    if (!box) return undefined;
    const observer = new ResizeObserver(
      ([entry]) => entry && setWidth(Math.max(180, Math.round(entry.contentRect.width))),
    );
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}

type Scale = { x: (at: number) => number; y: (value: number) => number; band: number };
type Drawing = { model: ChartModel; scale: Scale };

function Chart({
  kind,
  testId,
  children,
  ...props
}: ChartProps & { kind: 'line' | 'bar'; children: (drawing: Drawing) => ReactNode }) {
  const { ref, width } = useWidth();
  const model = toModel(props, document.documentElement.lang || 'en');
  const [at, setAt] = useState<number | null>(null);
  const count = Math.max(1, model.labels.length);
  const plotWidth = width - room.left - room.right;
  const band = plotWidth / count;
  const scale: Scale = {
    band,
    x: (index) => room.left + (kind === 'bar' ? (index + 0.5) * band : (index * plotWidth) / Math.max(1, count - 1)),
    y: (value) => room.top + plotHeight * (1 - value / model.top),
  };
  const every = Math.max(1, Math.ceil(count / Math.max(1, Math.floor(plotWidth / 64))));
  const hover = (clientX: number, box: DOMRect): void => {
    const inside = clientX - box.left - room.left;
    const index = kind === 'bar' ? Math.floor(inside / band) : Math.round((inside / plotWidth) * (count - 1));
    setAt(index >= 0 && index < count ? index : null);
  };
  return (
    <figure className="hs-chart" data-chart={kind} data-testid={testId}>
      {model.title && <figcaption>{model.title}</figcaption>}
      <div className="hs-chart-plot" ref={ref}>
        <svg
          role="img"
          aria-label={model.words}
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          height={height}
          onMouseMove={({ clientX, currentTarget }) => hover(clientX, currentTarget.getBoundingClientRect())}
          onMouseLeave={() => setAt(null)}
        >
          {[0, 1, 2, 3, 4].map((line) => {
            const value = (model.top / 4) * line;
            return (
              <g key={line}>
                <line
                  x1={room.left}
                  x2={width - room.right}
                  y1={scale.y(value)}
                  y2={scale.y(value)}
                  className="hs-chart-line"
                />
                <text x={room.left - 8} y={scale.y(value) + 4} textAnchor="end">
                  {value}
                </text>
              </g>
            );
          })}
          {model.labels.map((label, index) =>
            index % every === 0 ? (
              <text
                key={index}
                x={scale.x(index)}
                y={height - 8}
                textAnchor={kind === 'bar' ? 'middle' : index === 0 ? 'start' : index === count - 1 ? 'end' : 'middle'}
              >
                {label}
              </text>
            ) : null,
          )}
          {children({ model, scale })}
          {at !== null && (
            <line
              x1={scale.x(at)}
              x2={scale.x(at)}
              y1={room.top}
              y2={height - room.bottom}
              className="hs-chart-cursor"
            />
          )}
        </svg>
        {at !== null && props.options?.showTooltips !== false && <ChartTip model={model} at={at} left={scale.x(at)} />}
      </div>
      {(props.options?.showLegend ?? model.series.length > 1) && <Legend model={model} />}
      <NumbersTable model={model} />
    </figure>
  );
}

function ChartTip({ model, at, left }: { model: ChartModel; at: number; left: number }) {
  return (
    <div className="hs-chart-tip" style={{ left }} aria-hidden="true">
      <strong>{model.labels[at]}</strong>
      {model.series.map(({ name, values }) => (
        <div key={name}>
          {name}: {values[at]}
        </div>
      ))}
    </div>
  );
}

function Legend({ model }: { model: ChartModel }) {
  return (
    <ul className="hs-legend" aria-hidden="true">
      {model.series.map(({ name, color }) => (
        <li key={name}>
          <span className={`hs-swatch hs-color-${color}`} /> {name}
        </li>
      ))}
    </ul>
  );
}

function NumbersTable({ model }: { model: ChartModel }) {
  return (
    // A box around it: a table does not shrink below its words.
    <div className="hs-hidden">
      <table>
        <caption>{model.words}</caption>
        <thead>
          <tr>
            <th scope="col">{model.xLabel || 'x'}</th>
            {model.series.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {model.labels.map((label, index) => (
            <tr key={index}>
              <th scope="row">{label}</th>
              {model.series.map(({ name, values }) => (
                <td key={name}>{values[index]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function LineChart(props: ChartProps) {
  return (
    <Chart kind="line" {...props}>
      {({ model, scale }) =>
        model.series.map(({ name, color, values }) => {
          const points = values.map((value, index) => `${scale.x(index)},${scale.y(value)}`);
          const end = scale.x(values.length - 1);
          return (
            <g key={name} className={`hs-color-${color}`}>
              {model.series.length === 1 && points.length > 1 && (
                <polygon
                  className="hs-chart-area"
                  points={`${scale.x(0)},${scale.y(0)} ${points.join(' ')} ${end},${scale.y(0)}`}
                />
              )}
              <polyline className="hs-chart-path" points={points.join(' ')} />
              {values.length <= 31 &&
                values.map((value, index) => (
                  <circle key={index} cx={scale.x(index)} cy={scale.y(value)} r={value > 0 ? 3 : 1.5} />
                ))}
              {props.options?.showDataLabels &&
                values.map((value, index) => (
                  <text key={index} x={scale.x(index)} y={scale.y(value) - 8} textAnchor="middle">
                    {value}
                  </text>
                ))}
            </g>
          );
        })
      }
    </Chart>
  );
}

export function BarChart(props: ChartProps) {
  return (
    <Chart kind="bar" {...props}>
      {({ model, scale }) => {
        const lanes = model.stacked ? 1 : model.series.length;
        const width = Math.min(44, (scale.band * 0.7) / lanes);
        return model.labels.map((_, index) => {
          let below = 0;
          return model.series.map(({ name, color, values }, lane) => {
            const value = values[index] ?? 0;
            const base = model.stacked ? below : 0;
            below += value;
            const x = scale.x(index) - (width * lanes) / 2 + (model.stacked ? 0 : lane * width);
            const y = scale.y(base + value);
            return (
              <g key={`${index}/${name}`} className={`hs-color-${color}`}>
                <rect
                  className="hs-chart-bar"
                  x={x}
                  y={y}
                  width={Math.max(1, width - 1)}
                  height={scale.y(base) - y}
                  rx="2"
                />
                {props.options?.showDataLabels && (
                  <text x={x + width / 2} y={y - 5} textAnchor="middle">
                    {value}
                  </text>
                )}
              </g>
            );
          });
        });
      }}
    </Chart>
  );
}
