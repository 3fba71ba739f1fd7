// Clicks by mail scanners and programs: folded away, countable, and listed when somebody opens them.
import { useState } from 'react';
import { Accordion, Flex, LoadingSpinner, Text } from '@hubspot/ui-extensions';
import { ClickTable } from './ClickTable.tsx';
import { callCardApi } from './shared/call-card-api.ts';
import type { CardMachineCount } from './shared/card-api.ts';
import { Failed } from './shared/Connected.tsx';
import { useCardApi } from './shared/use-card-api.ts';
import type { Words } from './shared/words.ts';
import type { Subject } from './subject.ts';

interface MachineClicksProps {
  count: CardMachineCount;
  subject: Subject;
  origin: string;
  words: Words;
}

export function MachineClicks({ count, subject, origin, words }: MachineClicksProps) {
  const [open, setOpen] = useState(false);
  if (count.clicks === 0) return null;
  return (
    <Accordion
      title={words.count('machineClicks', count.clicks)}
      size="sm"
      open={open}
      onClick={() => setOpen((last) => !last)}
    >
      <Flex direction="column" gap="sm">
        <Text variant="microcopy">{words.say('machineHint')}</Text>
        {open && <MachineTable subject={subject} origin={origin} words={words} />}
      </Flex>
    </Accordion>
  );
}

function MachineTable({ subject, origin, words }: Omit<MachineClicksProps, 'count'>) {
  const loading = useCardApi(origin, subject.request({ verdict: 'machine' }));
  if (loading.fault) return <Failed fault={loading.fault} words={words} onRetry={loading.reload} />;
  if (!loading.data) return <LoadingSpinner label={words.say('loading')} showLabel />;
  return (
    <ClickTable
      first={loading.data.recent}
      now={loading.data.now}
      words={words}
      origin={origin}
      withWho={subject.kind === 'deal'}
      older={async (cursor) => callCardApi(origin, subject.request({ verdict: 'machine', cursor }))}
    />
  );
}
