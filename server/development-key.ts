// A key that encrypts what is stored while nobody has named one: for trying out.
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { VaultKey } from './lib/vault.ts';

/** A key kept in the data folder (mode 0600) for trying out. Production names its keys in the configuration. */
export async function developmentKey(dataDir: string): Promise<VaultKey> {
  const file = path.join(dataDir, 'dev-encryption-key');
  await mkdir(dataDir, { recursive: true });
  try {
    await writeFile(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  await chmod(file, 0o600);
  const key = Buffer.from((await readFile(file, 'utf8')).trim(), 'base64');
  if (key.length !== 32)
    throw new Error(`${file} is not a key of 32 bytes. Restore it, or delete it and install again.`);
  return { id: 'dev', key };
}
