// What must not be uploaded: secrets, leftovers of work, tests. HubSpot takes the folder as it is, and customers' admins can see much of it.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Problem, Project } from '../read-project.ts';

const secrets: readonly [RegExp, string][] = [
  [/pat-(na|eu|ap)\d-[0-9a-f-]{8,}/i, 'a private app token'],
  [/["']?client_?secret["']?\s*[:=]\s*["'][^"'$]+["']/i, 'a client secret'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/\belk_[A-Za-z0-9]{16,}/, 'an Elido API key'],
  [/\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/, 'a signed token'],
  [/\bmongodb(\+srv)?:\/\/[^\s"']+:[^\s"']+@/, 'a database password'],
  [/["'](api_?key|password|token|secret)["']\s*:\s*["'][^"'$]{8,}["']/i, 'a secret'],
];

const leftovers: readonly [RegExp, string][] = [
  [/\b(TODO|FIXME|XXX)\b/, 'an unfinished note'],
  [/\bdebugger\b/, 'a debugger statement'],
  [/\bconsole\.(log|debug|info|warn|error)\(/, 'console output: use logger'],
  [/lorem ipsum/i, 'placeholder text'],
  [/\bhttps?:\/\/(localhost|127\.0\.0\.1)(?!:\d+(\/oauth\/callback)?"?)/, 'an address of this machine'],
];

const strangers = /(\.test\.tsx?|\.spec\.tsx?|\.orig|\.rej|\.bak|~|\.env(\..*)?|\.pem|\.key)$/;
const readable = /\.(tsx?|jsx?|cjs|mjs|json|pending|md|svg)$/;

export function checkContents({ folder, source }: Project): Problem[] {
  return filesBelow(source).flatMap((place) => {
    const file = path.relative(folder, place);
    if (strangers.test(place)) return [{ check: 'leftovers', file, message: 'This file must not be uploaded.' }];
    if (!readable.test(place)) return [];
    const lines = readFileSync(place, 'utf8').split('\n');
    return [...find(lines, secrets, 'secrets', file), ...find(lines, leftovers, 'leftovers', file)];
  });
}

/** Never repeats what it found. */
function find(lines: readonly string[], patterns: typeof secrets, check: string, file: string): Problem[] {
  return patterns.flatMap(([pattern, what]) => {
    const at = lines.findIndex((line) => pattern.test(line));
    return at < 0 ? [] : [{ check, file, message: `Line ${at + 1} looks like ${what}.` }];
  });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((one) => {
    if (one.name === 'node_modules') return [];
    const place = path.join(folder, one.name);
    return one.isDirectory() ? filesBelow(place) : [place];
  });
}
