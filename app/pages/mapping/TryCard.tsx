// Tries the mapping on screen, saved or not, on a real contact: what its properties are and what they would become. Nothing is written.
import { useState } from 'react';
import { Badge } from '../../components/Badge.tsx';
import { Button } from '../../components/Button.tsx';
import { Callout } from '../../components/Callout.tsx';
import { TextField } from '../../components/Field.tsx';
import { Card } from '../../components/Page.tsx';
import { wordsOf } from '../../components/States.tsx';
import type { FieldMappingRow, FieldMappingTry } from '../../api/contract.ts';
import { useTryFieldMapping } from '../../api/mapping.ts';
import { labelOf, readContact } from './mapping-model.ts';

interface TryCardProps {
  connectionId: string;
  rows: FieldMappingRow[];
  isDraft: boolean;
}

export function TryCard({ connectionId, rows, isDraft }: TryCardProps) {
  const [text, setText] = useState('');
  const attempt = useTryFieldMapping(connectionId);
  const who = readContact(text);
  return (
    <Card
      title="Try it on a contact"
      description={`What ${isDraft ? 'this unsaved mapping' : 'the mapping'} would write. Nothing is written.`}
    >
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (who) attempt.mutate({ who, rows });
        }}
      >
        <TextField
          label="HubSpot contact"
          className="min-w-0 flex-1 basis-60 sm:max-w-sm"
          placeholder="contact id or email address"
          maxLength={254}
          value={text}
          onChange={setText}
        />
        <Button type="submit" icon="play" busy={attempt.isPending} disabled={who === null}>
          Try it
        </Button>
      </form>
      <div aria-live="polite" className="mt-4 empty:hidden">
        {attempt.error && <Callout tone="bad">{wordsOf(attempt.error)}</Callout>}
        {attempt.data && !attempt.error && <Result result={attempt.data} />}
      </div>
    </Card>
  );
}

function Result({ result: { contact, basis, rows } }: { result: FieldMappingTry }) {
  return (
    <>
      <p className="text-muted">
        <span className="font-medium text-ink">{contact.name ?? `Contact ${contact.id}`}</span>,{' '}
        {basis === 'own'
          ? 'with the values of their own last click.'
          : 'with sample values: nobody clicked as this contact yet.'}
      </p>
      <div className="mt-2 overflow-x-auto" tabIndex={0} role="region" aria-label="Before and after">
        <table className="w-full min-w-lg text-left">
          <thead>
            <tr className="border-b border-line text-xs text-muted">
              {['Property', 'Filled by', 'Now', 'Afterwards'].map((name) => (
                <th key={name} scope="col" className="py-1.5 pr-4 font-medium">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ source, property, label, before, after, changes, problem }) => (
              <tr key={property} className="border-b border-line align-top last:border-0">
                <td className="py-2 pr-4">
                  {label ?? property}
                  <span className="block font-mono text-[0.6875rem] text-muted">{property}</span>
                </td>
                <td className="py-2 pr-4">{labelOf(source)}</td>
                <td className="py-2 pr-4 break-words text-muted">{before ?? '–'}</td>
                <td className="py-2 pr-4 break-words">
                  {problem !== null ? (
                    <span className="text-bad">{problem}</span>
                  ) : after === null ? (
                    <span className="text-muted">left as it is</span>
                  ) : (
                    <>
                      {after === '' ? <span className="text-muted">cleared</span> : after}{' '}
                      {changes && <Badge tone="accent">changes</Badge>}
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
