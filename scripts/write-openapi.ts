// Writes docs/openapi.json and docs/card-openapi.json from the contract. With --check it only compares, and fails when a file is behind.
import { readFile, writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import { makeCardDocument } from '../server/contract/card-openapi.ts';
import { makeOpenapiDocument } from '../server/contract/openapi.ts';

const documents = { 'openapi.json': makeOpenapiDocument(), 'card-openapi.json': makeCardDocument() };

for (const [name, document] of Object.entries(documents)) {
  const file = new URL(`../docs/${name}`, import.meta.url);
  const wanted = await format(JSON.stringify(document), { parser: 'json', printWidth: 120 });
  if (process.argv.includes('--check')) {
    const kept = await readFile(file, 'utf8').catch(() => '');
    if (kept !== wanted) {
      console.error(`docs/${name} is behind server/contract. Run: npm run openapi`);
      process.exitCode = 1;
    }
  } else {
    await writeFile(file, wanted);
    console.log(`docs/${name} written`);
  }
}
