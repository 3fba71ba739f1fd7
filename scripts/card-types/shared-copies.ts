// What settings/ and pages/ share with cards/. HubSpot builds each folder by itself and refuses imports from outside it,
// so src/app/cards/shared is the source, and each of the others gets copies of the files that it imports. See docs/decisions/0014.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

interface Copy {
  /** Below src/app. */
  file: string;
  text: string;
}

const takers = ['settings', 'pages'];
const importPattern = /from '(\.[^']+)'/g;

export function sharedCopies(app: string): Copy[] {
  return takers.flatMap((taker) => {
    return [...neededBy(app, taker)].sort().map((name) => ({
      file: `${taker}/shared/${name}`,
      text: `// A copy of src/app/cards/shared/${name}, made by \`npm run card-types\`: change it there.\n${readShared(app, name)}`,
    }));
  });
}

/** The shared files that a folder imports, and what those import. */
function neededBy(app: string, taker: string): Set<string> {
  const needed = new Set<string>();
  const folder = path.join(app, taker);
  const open = ownFiles(folder).flatMap((name) => {
    return importsOf(readFileSync(path.join(folder, name), 'utf8'), path.posix.dirname(name));
  });
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (!name.startsWith('shared/') || needed.has(name.slice(7))) continue;
    const file = name.slice(7);
    if (!existsSync(path.join(app, 'cards', name)))
      throw new Error(`${taker} imports ${name}, which cards/ does not have.`);
    needed.add(file);
    open.push(...importsOf(readShared(app, file), path.posix.dirname(name)));
  }
  return needed;
}

function ownFiles(folder: string): string[] {
  const names = readdirSync(folder, { withFileTypes: true });
  const inside = names.filter((one) => one.isDirectory() && !['node_modules', 'shared'].includes(one.name));
  return [
    ...names.filter((one) => /\.tsx?$/.test(one.name)).map((one) => one.name),
    ...inside.flatMap(({ name }) => ownFiles(path.join(folder, name)).map((below) => `${name}/${below}`)),
  ];
}

function importsOf(text: string, from: string): string[] {
  return [...text.matchAll(importPattern)].map(([, target]) => path.posix.join(from, target ?? ''));
}

function readShared(app: string, name: string): string {
  return readFileSync(path.join(app, 'cards', 'shared', name), 'utf8');
}
