// The types of the Card API for the code inside HubSpot, made from server/contract/card.ts: every named schema, and every operation by its id.
import { z } from 'zod';
import { cardOperations, type CardOperation } from '../../server/contract/card.ts';
import { printType, type JsonSchema } from './print-type.ts';

const head = [
  '// The Card API as the cards see it. Made from server/contract/card.ts by `npm run card-types`: change it there.',
];

export function makeCardTypes(): string {
  const named = new Map<string, string>();
  const operations = cardOperations.map((operation) => printOperation(operation, named));
  const types = [...named]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, type]) => `export type ${name} = ${type};`);
  const paths = cardOperations.map(({ id, method, path }) => {
    return `${id}: { method: '${method.toUpperCase()}', path: '/card/v1${path}' },`;
  });
  return [
    ...head,
    ...types,
    `export interface CardOperations {\n${operations.join('\n')}\n}`,
    `export const cardPaths = {\n${paths.join('\n')}\n} as const satisfies Record<keyof CardOperations, { method: string; path: string }>;`,
  ].join('\n\n');
}

function printOperation({ id, path, query, body, reply }: CardOperation, named: Map<string, string>): string {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => `${name}: string;`);
  return `${id}: {
    path: ${inPath.length > 0 ? `{ ${inPath.join(' ')} }` : 'null'};
    query: ${query ? typeOf(query, 'input', named) : 'null'};
    body: ${body ? typeOf(body, 'input', named) : 'null'};
    reply: ${typeOf(reply, 'output', named)};
  };`;
}

function typeOf(schema: z.ZodType, io: 'input' | 'output', named: Map<string, string>): string {
  const json = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema & {
    $defs?: Record<string, JsonSchema>;
  };
  for (const [name, part] of Object.entries(json.$defs ?? {})) named.set(name, printType(part));
  if (!json.id || json.$ref) return printType(json);
  named.set(json.id, printType(json));
  return json.id;
}
