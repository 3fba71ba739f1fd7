/** What an extension did, newest last, for its author: calls with status and time, actions, and its own log lines. */
import type { LogLevel } from '../protocol.ts';

export type LogLine = { id: number; level: LogLevel; text: string };

const kept = 200;

export function addLine(lines: readonly LogLine[], level: LogLevel, text: string): LogLine[] {
  return [...lines, { id: (lines.at(-1)?.id ?? 0) + 1, level, text }].slice(-kept);
}

export function CallLog({
  lines,
  onReload,
  onStop,
}: {
  lines: readonly LogLine[];
  onReload: () => void;
  onStop: () => void;
}) {
  const bad = lines.filter(({ level }) => level === 'error').length;
  return (
    <details className="extension-log">
      <summary>
        For its author: {lines.length} {lines.length === 1 ? 'line' : 'lines'}
        {bad > 0 && <span className="badge bad">{bad} errors</span>}
      </summary>
      <ol tabIndex={0} aria-label="Log of the extension">
        {lines.map(({ id, level, text }) => (
          <li key={id} className={`log-${level}`}>
            {text}
          </li>
        ))}
      </ol>
      <div className="hs-button-row">
        <button type="button" className="hs-button hs-button-secondary hs-button-sm" onClick={onReload}>
          Reload it
        </button>
        <button type="button" className="hs-button hs-button-secondary hs-button-sm" onClick={onStop}>
          Stop it
        </button>
      </div>
    </details>
  );
}
