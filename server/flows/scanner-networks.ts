// The operator's file of networks that are known for mail scanners: read once at start.
import { readFileSync } from 'node:fs';
import { parseNetworkFile, type NetworkList } from '../domain/human-verdict/network-list.ts';
import type { Log } from '../lib/log.ts';

/** Throws when the file cannot be read; lines that cannot be used are left out and named in the log. */
export function readScannerNetworks(file: string | undefined, log: Log): NetworkList | null {
  if (file === undefined) return null;
  const { networks, problems } = parseNetworkFile(readFileSync(file, 'utf8'));
  for (const problem of problems) log.warn({ file, ...problem }, 'a line of the scanner networks was left out');
  return networks;
}
