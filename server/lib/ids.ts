// Ids: a prefix that says what it names, and random characters that sort by time of creation.
import { createHash, randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

export const idPrefixes = {
  workspace: 'ws',
  connection: 'con',
  link: 'lnk',
  click: 'clk',
  conversion: 'cnv',
  apiKey: 'key',
  submission: 'sub',
  group: 'grp',
  rule: 'rul',
  request: 'req',
  replay: 'rpl',
  member: 'mem',
  session: 'ses',
  signInLink: 'sil',
  audit: 'aud',
  linkImport: 'imp',
} as const;

export type NewId = (kind: keyof typeof idPrefixes) => string;

/** `clk_` + 9 characters of time + 13 random characters (65 bits). */
export function makeNewId(now: () => number = Date.now): NewId {
  return (kind) => `${idPrefixes[kind]}_${encodeTime(now())}${randomCharacters(13)}`;
}

/** Random characters of an unambiguous, lower-case alphabet (5 bits each). */
export function randomCharacters(count: number): string {
  let text = '';
  for (const byte of randomBytes(count)) text += alphabet.charAt(byte & 31);
  return text;
}

/** The hex SHA-256 of parts that cannot run into one another. */
export function digestOf(...parts: string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex');
}

/** How ids of this kind made at a time begin: the lower edge of a span of ids. */
export function idFloor(kind: keyof typeof idPrefixes, at: number): string {
  return `${idPrefixes[kind]}_${encodeTime(at)}`;
}

function encodeTime(ms: number): string {
  let text = '';
  for (let rest = ms, i = 0; i < 9; i++) {
    text = alphabet.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
