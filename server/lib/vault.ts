// Seals short secrets with AES-256-GCM under named keys, bound to the place they are kept in. Knows nothing of what it seals,
// and its errors say nothing about the content.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export interface VaultKey {
  /** Letters, digits, `_` and `-`: it is written into every sealed value. */
  id: string;
  key: Buffer;
}

export interface Vault {
  /** `aad` names the owner and field; the value opens only with the same one. */
  seal(text: string, aad: string): string;
  open(sealed: string, aad: string): string;
  /** True when the value was sealed with a key that no longer encrypts. */
  isOld(sealed: string): boolean;
}

export class VaultError extends Error {
  readonly reason: 'malformed' | 'unknown_key' | 'not_authentic';

  constructor(reason: VaultError['reason'], message: string) {
    super(message);
    this.name = 'VaultError';
    this.reason = reason;
  }
}

const version = 'v1';

/** The first key encrypts, all of them decrypt: put a new key in front to rotate. */
export function makeVault(keys: readonly VaultKey[]): Vault {
  const [current] = keys;
  if (!current) throw new Error('A vault needs at least one key.');
  const byId = new Map(keys.map(({ id, key }) => [id, key]));

  return {
    seal(text, aad) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', current.key, iv).setAAD(Buffer.from(aad));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return [version, current.id, ...[iv, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join(
        '.',
      );
    },
    open(sealed, aad) {
      const { keyId, iv, body, tag } = split(sealed);
      const key = byId.get(keyId);
      if (!key) throw new VaultError('unknown_key', `A sealed value needs key "${keyId}", which is not configured.`);
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
        decipher.setAAD(Buffer.from(aad)).setAuthTag(tag);
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
      } catch {
        throw new VaultError(
          'not_authentic',
          `A sealed value does not open with key "${keyId}": moved, altered or another key.`,
        );
      }
    },
    isOld: (sealed) => split(sealed).keyId !== current.id,
  };
}

function split(sealed: string): { keyId: string; iv: Buffer; body: Buffer; tag: Buffer } {
  const [mark, keyId, iv, body, tag, ...rest] = sealed.split('.');
  const complete = mark === version && keyId && iv && body !== undefined && tag && rest.length === 0;
  if (!complete) throw new VaultError('malformed', 'A sealed value is not in a form this version can read.');
  const [ivBytes, bodyBytes, tagBytes] = [iv, body, tag].map((part) => Buffer.from(part, 'base64url'));
  return { keyId, iv: ivBytes as Buffer, body: bodyBytes as Buffer, tag: tagBytes as Buffer };
}
