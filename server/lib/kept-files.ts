// Small texts on disk, one file per name, replaced as a whole: after `put` has resolved, the text survives a crash.
import fs from 'node:fs/promises';
import path from 'node:path';
import { randomCharacters } from './ids.ts';

export interface KeptFiles {
  /** Null when there is none, or when the folder cannot be read. */
  get(name: string): Promise<string | null>;
  put(name: string, text: string): Promise<void>;
}

/** The folder is made with the first `put`. Names are ours, never a user's. */
export function makeKeptFiles(folder: string): KeptFiles {
  return {
    async get(name) {
      try {
        return await fs.readFile(path.join(folder, name), 'utf8');
      } catch {
        return null;
      }
    },
    async put(name, text) {
      await fs.mkdir(folder, { recursive: true, mode: 0o700 });
      const place = path.join(folder, name);
      const beside = `${place}.${randomCharacters(6)}`;
      const handle = await fs.open(beside, 'wx', 0o600);
      try {
        await handle.writeFile(text);
        await handle.datasync();
      } finally {
        await handle.close();
      }
      await fs.rename(beside, place);
    },
  };
}
