// Clicks as a table, newest first, with older ones on request and the story of each behind "Why?".
import { useState } from 'react';
import {
  Button,
  Flex,
  LoadingButton,
  StatusTag,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from '@hubspot/ui-extensions';
import { Explanation } from './Explanation.tsx';
import type { CardClick, CardClickPage } from './shared/card-api.ts';
import type { Outcome } from './shared/call-card-api.ts';
import { clickRow, type ClickRow } from './shared/click-view.ts';
import { faultText } from './shared/Connected.tsx';
import type { Words } from './shared/words.ts';

interface ClickTableProps {
  first: CardClickPage;
  now: string;
  words: Words;
  origin: string;
  /** Without the column of who clicked: on a contact it is always the same. */
  withWho: boolean;
  older: (cursor: string) => Promise<Outcome<'getCardDeal' | 'getCardContact'>>;
}

export function ClickTable({ first, now, words, origin, withWho, older }: ClickTableProps) {
  const [more, setMore] = useState<{ clicks: CardClick[]; cursor: string | null }>({
    clicks: [],
    cursor: first.next_cursor,
  });
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [explained, setExplained] = useState<string | null>(null);
  const rows = [...first.clicks, ...more.clicks].map((click) => clickRow(click, now, words));

  const showOlder = async (cursor: string) => {
    setBusy(true);
    const outcome = await older(cursor);
    setBusy(false);
    setFailure(outcome.ok ? null : faultText(outcome.fault, words));
    if (!outcome.ok) return;
    const { clicks, next_cursor } = outcome.data.recent;
    setMore((last) => ({ clicks: [...last.clicks, ...clicks], cursor: next_cursor }));
  };

  return (
    <Flex direction="column" gap="sm">
      <Table bordered density="condensed">
        <TableHead>
          <TableRow>
            <TableHeader>{words.say('when')}</TableHeader>
            {withWho && <TableHeader>{words.say('who')}</TableHeader>}
            <TableHeader>{words.say('what')}</TableHeader>
            <TableHeader>{words.say('where')}</TableHeader>
            <TableHeader>{words.say('status')}</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.id}>
              <TableCell>{row.when}</TableCell>
              {withWho && <TableCell>{row.who}</TableCell>}
              <TableCell>{row.link}</TableCell>
              <TableCell>{row.where}</TableCell>
              <TableCell>
                <Status row={row} words={words} onWhy={() => setExplained(row.id)} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {explained && (
        <Explanation
          key={explained}
          eventId={explained}
          origin={origin}
          words={words}
          onClose={() => setExplained(null)}
        />
      )}
      {failure && <Text>{failure}</Text>}
      {more.cursor !== null && (
        <LoadingButton
          testId="older"
          variant="secondary"
          size="sm"
          loading={busy}
          onClick={() => void showOlder(more.cursor ?? '')}
        >
          {words.say('older')}
        </LoadingButton>
      )}
    </Flex>
  );
}

function Status({ row, words, onWhy }: { row: ClickRow; words: Words; onWhy: () => void }) {
  return (
    <Flex direction="row" gap="xs" align="center">
      <StatusTag variant={row.tone}>{row.status}</StatusTag>
      <Button testId={`why-${row.id}`} size="xs" variant="transparent" onClick={onWhy}>
        {words.say('why')}
      </Button>
    </Flex>
  );
}
