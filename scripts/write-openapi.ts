// Writes docs/openapi.json from the contract. With --check it only compares, and fails when the file is behind.
import { readFile, writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import { makeOpenapiDocument } from '../server/contract/openapi.ts';

const file = new URL('../docs/openapi.json', import.meta.url);
const wanted = await format(JSON.stringify(makeOpenapiDocument()), { parser: 'json', printWidth: 120 });

if (process.argv.includes('--check')) {
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept !== wanted) {
    console.error('docs/openapi.json is behind server/contract. Run: npm run openapi');
    process.exitCode = 1;
  }
} else {
  await writeFile(file, wanted);
  console.log('docs/openapi.json written');
}
