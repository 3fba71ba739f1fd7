// What the judge can be told: the operator's networks, and how near in time clicks must be to say something of each other.
import type { NetworkList } from './network-list.ts';

export interface JudgeOptions {
  scannerNetworks?: NetworkList | undefined;
  /** So many different links by one person within `burstMs` are too many for a hand. */
  burstLinks?: number | undefined;
  burstMs?: number | undefined;
  twinMs?: number | undefined;
  honeypotMs?: number | undefined;
}

export interface JudgeSettings {
  scannerNetworks: NetworkList | null;
  burstLinks: number;
  burstMs: number;
  twinMs: number;
  honeypotMs: number;
}

const defaults = { burstLinks: 3, burstMs: 10_000, twinMs: 15_000, honeypotMs: 60_000 };

export function settingsOf(options: JudgeOptions): JudgeSettings {
  return {
    scannerNetworks: options.scannerNetworks ?? null,
    burstLinks: options.burstLinks ?? defaults.burstLinks,
    burstMs: options.burstMs ?? defaults.burstMs,
    twinMs: options.twinMs ?? defaults.twinMs,
    honeypotMs: options.honeypotMs ?? defaults.honeypotMs,
  };
}

/** How far before and after a click its neighbours must be fetched. */
export function neighbourhoodMs(options: JudgeOptions = {}): number {
  const { burstMs, twinMs, honeypotMs } = settingsOf(options);
  return Math.max(burstMs, twinMs, honeypotMs);
}
