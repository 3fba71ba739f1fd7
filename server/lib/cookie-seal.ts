// Seals what a cookie carries, under secrets derived from the keys that encrypt everything else: rotating those rotates this.
import { createHash, hkdfSync } from 'node:crypto';
import { sealData, unsealData } from 'iron-session';
import type { VaultKey } from './vault.ts';

export interface CookieSeal {
  seal(value: object): Promise<string>;
  /** Null for what was not sealed here. The caller checks the shape. */
  open(sealed: string): Promise<unknown>;
}

/** The first key seals, all of them open. Ends of life are the caller's: the seal itself has none. */
export function makeCookieSeal(keys: readonly VaultKey[]): CookieSeal {
  const secrets = Object.fromEntries(keys.map((key) => [secretId(key), secretOf(key)]));
  const [first] = keys;
  if (!first) throw new Error('A cookie seal needs at least one key.');
  const current = { [secretId(first)]: secretOf(first) };
  return {
    seal: (value) => sealData(value, { password: current, ttl: 0 }),
    open: (sealed) => unsealData(sealed, { password: secrets, ttl: 0 }).catch(() => null),
  };
}

/** A number, and the same one wherever the key stands in the list. */
function secretId({ id }: VaultKey): string {
  return String(createHash('sha256').update(id).digest().readUInt32BE(0));
}

function secretOf({ key }: VaultKey): string {
  return Buffer.from(hkdfSync('sha256', key, '', 'console cookie', 32)).toString('hex');
}
