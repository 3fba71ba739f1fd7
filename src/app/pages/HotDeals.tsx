// The deals whose contacts click most, with a way to each.
import {
  Flex,
  Heading,
  Link,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@hubspot/ui-extensions';
import type { CardHome } from './shared/card-api.ts';
import { dealAddress, dealName, stageName } from './shared/names.ts';
import type { Words } from './shared/words.ts';

interface HotDealsProps {
  deals: CardHome['deals'];
  portalId: number;
  now: string;
  words: Words;
}

export function HotDeals({ deals, portalId, now, words }: HotDealsProps) {
  if (deals.length === 0) return null;
  return (
    <Flex direction="column" gap="xs">
      <Heading>{words.say('hotDealsTitle')}</Heading>
      <Table bordered density="condensed">
        <TableHead>
          <TableRow>
            <TableHeader>{words.say('deal')}</TableHeader>
            <TableHeader>{words.say('stage')}</TableHeader>
            <TableHeader>{words.say('clicks')}</TableHeader>
            <TableHeader>{words.say('when')}</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {deals.map(({ deal, clicks, last_at }) => (
            <TableRow key={deal.id}>
              <TableCell>
                <Link href={dealAddress(portalId, deal.id)}>{dealName(deal, words)}</Link>
              </TableCell>
              <TableCell>{deal.stage ? stageName(deal.stage) : words.say('unknown')}</TableCell>
              <TableCell>{words.number(clicks)}</TableCell>
              <TableCell>{words.ago(last_at, now)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Flex>
  );
}
