// The Dockerfile and compose.yaml cannot be run here. What can be known without an engine is checked: the files they name are there,
// and nobody runs as root.
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const dockerfile = readFileSync('Dockerfile', 'utf8');
const ignored = readFileSync('.dockerignore', 'utf8').split('\n');

it('every path that the Dockerfile copies from the repository exists and is sent to the engine', () => {
  const copies = [...dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, paths = '']) =>
    paths.split(' ').slice(0, -1),
  );
  expect(copies.length).toBeGreaterThan(5);
  expect(copies.filter((path) => !existsSync(path))).toEqual([]);
  expect(copies.filter((path) => ignored.includes(path.split('/')[0] ?? ''))).toEqual([]);
});

it('the lists of packages of all workspaces are there before npm ci', () => {
  const { workspaces } = JSON.parse(readFileSync('package.json', 'utf8')) as { workspaces: string[] };
  for (const workspace of workspaces) expect(dockerfile).toContain(`COPY ${workspace}/package.json ${workspace}/`);
});

it('the image runs as a user without rights, on Node 24', () => {
  const stages = dockerfile.split(/^FROM /m);
  expect(stages.at(-1)).toMatch(/^USER node$/m);
  for (const stage of stages.slice(1)) expect(stage).toMatch(/^node:24-/);
});

it('compose.yaml names a role for every process of ours, and a volume for every spool', () => {
  const { services, volumes } = parse(readFileSync('compose.yaml', 'utf8'), { merge: true }) as {
    services: Record<string, { image: string; environment?: Record<string, string>; volumes?: string[] }>;
    volumes: Record<string, null>;
  };
  const ours = Object.values(services).filter(({ image }) => image === 'elido-for-hubspot');
  expect(ours.map(({ environment }) => environment?.['ROLE'])).toEqual(['server', 'server', 'worker', 'topic']);
  for (const { environment, volumes: mounted = [] } of ours)
    expect(environment?.['ROLE'] === 'server').toBe(mounted.some((mount) => mount.endsWith(':/data')));
  const named = Object.values(services).flatMap(({ volumes: mounted = [] }) =>
    mounted.map((mount) => mount.split(':')[0]),
  );
  expect(new Set(named)).toEqual(new Set(Object.keys(volumes)));
});
