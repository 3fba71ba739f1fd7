// What the contact converted to, newest first.
import {
  Flex,
  Heading,
  StatusTag,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from '@hubspot/ui-extensions';
import type { CardConversion } from './shared/card-api.ts';
import { stateTone } from './shared/click-view.ts';
import type { Words } from './shared/words.ts';

interface ConversionsProps {
  conversions: readonly CardConversion[];
  now: string;
  words: Words;
}

export function Conversions({ conversions, now, words }: ConversionsProps) {
  return (
    <Flex direction="column" gap="xs">
      <Heading>{words.say('conversionsTitle')}</Heading>
      {conversions.length === 0 ? (
        <Text variant="microcopy">{words.say('noConversions')}</Text>
      ) : (
        <Table bordered density="condensed">
          <TableHead>
            <TableRow>
              <TableHeader>{words.say('when')}</TableHeader>
              <TableHeader>{words.say('conversion')}</TableHeader>
              <TableHeader>{words.say('worth')}</TableHeader>
              <TableHeader>{words.say('what')}</TableHeader>
              <TableHeader>{words.say('status')}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {conversions.map(({ id, at, name, value, currency, link, state }) => (
              <TableRow key={id}>
                <TableCell>{words.ago(at, now)}</TableCell>
                <TableCell>{name}</TableCell>
                <TableCell>{value === null ? words.say('none') : words.money(value, currency)}</TableCell>
                <TableCell>{link?.title ?? words.say('none')}</TableCell>
                <TableCell>
                  <StatusTag variant={stateTone(state)}>{words.say(`state_${state}`)}</StatusTag>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Flex>
  );
}
