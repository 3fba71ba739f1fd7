// Every permission that the app has in this account, why it is asked for, and what fails without it.
import {
  Accordion,
  Flex,
  Heading,
  StatusTag,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@hubspot/ui-extensions';
import type { SectionProps } from './page-host.ts';

export function ScopeSection({ host: { words }, settings: { scopes } }: SectionProps) {
  const missing = scopes.filter(({ granted }) => !granted).length;
  const title = missing === 0 ? words.tell('scopesAll') : words.tellCount('scopesSummary', missing);
  return (
    <Flex direction="column" gap="sm">
      <Heading>{words.tell('scopesTitle')}</Heading>
      <Accordion title={title} size="sm" defaultOpen={missing > 0}>
        <Table bordered density="condensed">
          <TableHead>
            <TableRow>
              <TableHeader>{words.tell('scope')}</TableHeader>
              <TableHeader>{words.tell('granted')}</TableHeader>
              <TableHeader>{words.tell('scopeWhy')}</TableHeader>
              <TableHeader>{words.tell('scopeWithout')}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {scopes.map(({ scope, granted, reason, without }) => (
              <TableRow key={scope}>
                <TableCell>{scope}</TableCell>
                <TableCell>
                  <StatusTag variant={granted ? 'success' : 'danger'}>{words.tell(granted ? 'yes' : 'no')}</StatusTag>
                </TableCell>
                <TableCell>{reason}</TableCell>
                <TableCell>{without}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Accordion>
    </Flex>
  );
}
