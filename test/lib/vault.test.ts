// Sealed secrets: they come back whole, or not at all.
import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeVault, VaultError } from '../../server/lib/vault.ts';

const [oldKey, newKey] = [
  { id: 'old', key: randomBytes(32) },
  { id: 'new', key: randomBytes(32) },
];
const vault = makeVault([oldKey]);
const place = 'portal:62515:refresh';

function reasonOf(open: () => string): string {
  try {
    return open();
  } catch (error) {
    if (error instanceof VaultError) return error.reason;
    throw error;
  }
}

it('any text comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, aad) => {
      expect(vault.open(vault.seal(text, aad), aad)).toBe(text);
    }),
  );
});

it('the same text is never sealed the same twice', () => {
  expect(vault.seal('token', place)).not.toBe(vault.seal('token', place));
});

it('a value moved to another portal or field does not open', () => {
  const sealed = vault.seal('token', place);
  expect(reasonOf(() => vault.open(sealed, 'portal:62516:refresh'))).toBe('not_authentic');
  expect(reasonOf(() => vault.open(sealed, 'portal:62515:access'))).toBe('not_authentic');
});

it('a value with any bit changed does not open', () => {
  const sealed = vault.seal('a secret token', place);
  fc.assert(
    fc.property(fc.constantFrom(2, 3, 4), fc.nat(), fc.nat(7), (part, byte, bit) => {
      const parts = sealed.split('.');
      const bytes = Buffer.from(parts[part] ?? '', 'base64url');
      const at = byte % bytes.length;
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
      parts[part] = bytes.toString('base64url');
      expect(reasonOf(() => vault.open(parts.join('.'), place))).toBe('not_authentic');
    }),
  );
});

describe('rotation', () => {
  const rotated = makeVault([newKey, oldKey]);

  it('opens old values and seals with the new key', () => {
    const sealed = vault.seal('token', place);
    expect(rotated.open(sealed, place)).toBe('token');
    expect(rotated.isOld(sealed)).toBe(true);
    expect(rotated.isOld(rotated.seal('token', place))).toBe(false);
  });

  it('a key that was taken away is named, and nothing else', () => {
    const sealed = vault.seal('token', place);
    expect(() => makeVault([newKey]).open(sealed, place)).toThrow(
      'A sealed value needs key "old", which is not configured.',
    );
  });
});

it.each(['', 'token', 'v1.old', 'v2.old.a.b.c', 'v1.old.a.b.c.d', 'v1..a.b.c'])('%j is malformed', (sealed) => {
  expect(reasonOf(() => vault.open(sealed, place))).toBe('malformed');
});
