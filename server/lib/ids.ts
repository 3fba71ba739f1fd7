// Ids: a prefix that says what it names, and random characters that sort by time of creation.
import { hash, randomFillSync } from 'node:crypto';

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

/** Fetched from the system many at a time: asking for a few costs as much. Each is used once. */
const entropy = Buffer.alloc(4_096);
let entropyUsed = entropy.length;

/** Random characters of an unambiguous, lower-case alphabet (5 bits each). */
export function randomCharacters(count: number): string {
  let text = '';
  for (let at = 0; at < count; at += 1) {
    if (entropyUsed === entropy.length) {
      randomFillSync(entropy);
      entropyUsed = 0;
    }
    text += alphabet.charAt((entropy[entropyUsed] ?? 0) & 31);
    entropyUsed += 1;
  }
  return text;
}

/** The hex SHA-256 of parts that cannot run into one another. */
export function digestOf(...parts: string[]): string {
  return hash('sha256', parts.map((part) => `${part.length}:${part}`).join(''), 'hex');
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
