// What every flow is handed: the parts made once in start.ts. Flows keep no state of their own.
import type { Config } from '../config.ts';
import type { NetworkList } from '../domain/human-verdict/network-list.ts';
import type { HubSpot } from '../hubspot/client.ts';
import type { CookieSeal } from '../lib/cookie-seal.ts';
import type { Now } from '../lib/clock.ts';
import type { KeptFiles } from '../lib/kept-files.ts';
import type { NewId } from '../lib/ids.ts';
import type { Log } from '../lib/log.ts';
import type { Metrics } from '../lib/metrics.ts';
import type { Vault } from '../lib/vault.ts';
import type { Store } from '../store/store.ts';
import type { Caches } from './caches.ts';
import type { ClickIntake } from './click-intake.ts';
import type { CallTally } from './console/call-tally.ts';
import type { LiveHub } from './console/live/hub.ts';
import type { Tokens } from './fresh-token.ts';
import type { PortalWaker } from './portal-waker.ts';

export interface Context {
  config: Config;
  store: Store;
  caches: Caches;
  hubspot: HubSpot;
  /** Networks known for mail scanners; null when the operator names none. */
  scannerNetworks: NetworkList | null;
  /** Seals and opens tokens; bound to the portal they belong to. */
  vault: Vault;
  /** Seals what the cookie of the console carries. */
  cookieSeal: CookieSeal;
  now: Now;
  newId: NewId;
  log: Log;
  metrics: Metrics;
  /** Takes the clicks of our own redirect, store or no store. */
  intake: ClickIntake;
  /** The newest tokens of each portal on the disk of this host, sealed. */
  tokenFiles: KeptFiles;
  /** Tells the worker of a portal, wherever it runs, that there is work. */
  waker: PortalWaker;
  /** Access tokens that still live for a while. */
  tokens: Tokens;
  /** Calls to HubSpot since they were last written down. */
  callTally: CallTally;
  /** Live streams of the console. */
  live: LiveHub;
  /** Tells a worker in this process that a portal has work; harmless when there is none. */
  nudge: () => void;
  /** Tells the sweeps of this process that a replay or an import was begun. */
  nudgeSweeps: () => void;
}
