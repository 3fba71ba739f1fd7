// `npm run card-types`: writes the Card API's types for the cards from the contract, and the copies of what the extensions share.
// With --check it only compares, and fails when a file is behind.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { makeCardTypes } from './card-types/make-card-types.ts';
import { sharedCopies } from './card-types/shared-copies.ts';

const app = fileURLToPath(new URL('../src/app', import.meta.url));
const style = { singleQuote: true, printWidth: 120, filepath: 'card-api.ts' } as const;
const check = process.argv.includes('--check');

keep('cards/shared/card-api.ts', await format(makeCardTypes(), style));
for (const { file, text } of sharedCopies(app)) keep(file, text);

function keep(file: string, wanted: string): void {
  const place = path.join(app, file);
  if (wanted === read(place)) return;
  if (check) {
    console.error(`src/app/${file} is behind its source. Run: npm run card-types`);
    process.exitCode = 1;
    return;
  }
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, wanted);
  console.log(`src/app/${file} written`);
}

function read(place: string): string | null {
  try {
    return readFileSync(place, 'utf8');
  } catch {
    return null;
  }
}
