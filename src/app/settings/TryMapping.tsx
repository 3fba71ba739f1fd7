// Tries the mapping, unsaved rows included, on a real contact: values now beside values to be. Nothing is written.
import { useState } from 'react';
import {
  Alert,
  Flex,
  Heading,
  Input,
  LoadingButton,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from '@hubspot/ui-extensions';
import type { DraftProps } from './DraftForm.tsx';
import { callCardApi, type Fault } from './shared/call-card-api.ts';
import type { FieldMappingTry } from './shared/card-api.ts';
import { faultText } from './shared/Connected.tsx';
import { personName } from './shared/names.ts';
import type { SettingsWords } from './settings-words.ts';

export function TryMapping({ host, selected, draft }: DraftProps) {
  const { words, origin } = host;
  const [contactId, setContactId] = useState('');
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<FieldMappingTry | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [wrong, setWrong] = useState(false);

  const run = async () => {
    const valid = /^\d{1,19}$/.test(contactId.trim());
    setWrong(!valid);
    if (!valid) return;
    setBusy(true);
    const rows = draft.rows.filter(({ property }) => property !== '');
    const body = { contact_id: contactId.trim(), rows, connection_id: selected.id };
    const outcome = await callCardApi(origin, { id: 'postCardFieldMappingTry', body });
    setBusy(false);
    setResult(outcome.ok ? outcome.data : null);
    setFault(outcome.ok ? null : outcome.fault);
  };

  return (
    <Flex direction="column" gap="sm" align="start">
      <Heading>{words.tell('tryTitle')}</Heading>
      <Text variant="microcopy">{words.tell('tryHint')}</Text>
      <Input
        label={words.tell('tryContact')}
        name="contact_id"
        description={words.tell('tryContactHint')}
        value={contactId}
        {...(wrong ? { error: true, validationMessage: words.tell('tryContactWrong') } : {})}
        onInput={setContactId}
        onChange={setContactId}
      />
      <LoadingButton testId="try" variant="secondary" size="sm" loading={busy} onClick={() => void run()}>
        {words.tell('tryButton')}
      </LoadingButton>
      {fault && (
        <Alert title={words.tell('tryFailed')} variant="error">
          {fault.message ?? faultText(fault, words)}
        </Alert>
      )}
      {result && <Outcome result={result} words={words} />}
    </Flex>
  );
}

function Outcome({ result, words }: { result: FieldMappingTry; words: SettingsWords }) {
  const name = personName(result.contact, words);
  return (
    <>
      <Text>{words.tell(result.basis === 'own' ? 'tryOwn' : 'trySample', { name })}</Text>
      <Table bordered density="condensed">
        <TableHead>
          <TableRow>
            <TableHeader>{words.tell('mappingSource')}</TableHeader>
            <TableHeader>{words.tell('property')}</TableHeader>
            <TableHeader>{words.tell('before')}</TableHeader>
            <TableHeader>{words.tell('after')}</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {result.rows.map(({ source, property, label, before, after, changes, problem }) => (
            <TableRow key={property}>
              <TableCell>{words.tell(`source_${source}`)}</TableCell>
              <TableCell>{label ?? property}</TableCell>
              <TableCell>{before ?? words.say('none')}</TableCell>
              <TableCell>{problem ?? (changes ? after : words.tell('unchanged'))}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </>
  );
}
