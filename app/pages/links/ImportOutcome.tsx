// What an import would do or has done, how far it is, and which lines it could not take.
import { Progress } from 'radix-ui';
import { Callout } from '../../components/Callout.tsx';
import { plural, sayCount } from '../../components/say.ts';
import type { LinkImport } from '../../api/contract.ts';

export function ImportOutcome({ linkImport }: { linkImport: LinkImport }) {
  const { created, unchanged, failed, dry_run: isDryRun } = linkImport;
  const title = isDryRun ? `${plural(created, 'link')} would be made.` : `${plural(created, 'link')} made.`;
  return (
    <div className="space-y-3">
      <Callout tone={failed > 0 ? 'warn' : 'good'} title={title} announce>
        {unchanged > 0 && (
          <p>
            {plural(unchanged, 'row')} {unchanged === 1 ? 'is' : 'are'} there already with the same content.
          </p>
        )}
        {failed > 0 && (
          <p>
            {plural(failed, 'row')} cannot be taken
            {isDryRun ? `. Mend the file and choose it again, or import without ${failed === 1 ? 'it' : 'them'}.` : '.'}
          </p>
        )}
      </Callout>
      {failed > 0 && <RowErrors errors={linkImport.errors} failed={failed} />}
    </div>
  );
}

export function ImportProgress({ linkImport }: { linkImport: LinkImport }) {
  const { rows, done, state } = linkImport;
  if (state === 'done') return <ImportOutcome linkImport={linkImport} />;
  const share = rows === 0 ? 0 : done / rows;
  return (
    <div className="space-y-2 py-4" aria-live="polite">
      <Progress.Root
        value={done}
        max={rows}
        aria-label="Progress of the import"
        className="h-2 overflow-hidden rounded-full bg-sunken ring-1 ring-line ring-inset"
      >
        <Progress.Indicator
          className="h-full rounded-full bg-accent transition-[width]"
          style={{ width: `${share * 100}%` }}
        />
      </Progress.Root>
      <p className="numeric text-muted">
        {sayCount(done)} of {plural(rows, 'row')}
      </p>
    </div>
  );
}

function RowErrors({ errors, failed }: { errors: LinkImport['errors']; failed: number }) {
  return (
    <div
      className="max-h-56 overflow-auto rounded-lg border border-line"
      tabIndex={0}
      role="region"
      aria-label="Rows that cannot be taken"
    >
      <table className="w-full text-left text-[0.8125rem]">
        <thead className="sticky top-0 bg-sunken">
          <tr>
            {['Line', 'Column', 'What is wrong'].map((name) => (
              <th key={name} scope="col" className="px-3 py-1.5 font-medium text-muted">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {errors.map(({ line, field, message }) => (
            <tr key={`${line} ${field}`} className="border-t border-line">
              <td className="numeric px-3 py-1.5">{line}</td>
              <td className="px-3 py-1.5 font-mono text-xs">{field}</td>
              <td className="px-3 py-1.5">{message}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {failed > errors.length && (
        <p className="border-t border-line px-3 py-1.5 text-[0.8125rem] text-muted">
          and {plural(failed - errors.length, 'more row')}
        </p>
      )}
    </div>
  );
}
