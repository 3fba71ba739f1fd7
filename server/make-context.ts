// Puts the parts together that every flow is handed. Used by start.ts and by the tests, so that both run the same wiring.
import path from 'node:path';
import type { Config } from './config.ts';
import { makeCaches } from './flows/caches.ts';
import { makeClickIntake } from './flows/click-intake.ts';
import { flushCalls, makeCallTally } from './flows/console/call-tally.ts';
import { makeLiveHub } from './flows/console/live/hub.ts';
import type { Context } from './flows/context.ts';
import { makeTokens } from './flows/fresh-token.ts';
import { makePortalWaker } from './flows/portal-waker.ts';
import { readScannerNetworks } from './flows/scanner-networks.ts';
import { makeHubSpot } from './hubspot/client.ts';
import { makeCookieSeal } from './lib/cookie-seal.ts';
import { systemClock, type Now } from './lib/clock.ts';
import { makeKeptFiles } from './lib/kept-files.ts';
import { makeNewId } from './lib/ids.ts';
import type { Log } from './lib/log.ts';
import { makeMetrics } from './lib/metrics.ts';
import { openSpool } from './lib/spool.ts';
import { makeVault, type VaultKey } from './lib/vault.ts';
import type { Store } from './store/store.ts';

export interface Parts {
  config: Config;
  store: Store;
  log: Log;
  encryptionKeys: readonly VaultKey[];
  now?: Now;
  /** Also measure this process: memory, event loop, garbage collection. */
  withProcessMetrics?: boolean;
}

/** `close` finishes what was accepted; the store stays open. */
export async function makeContext(parts: Parts): Promise<{ context: Context; close: () => Promise<void> }> {
  const { config, store, log, encryptionKeys, now = systemClock, withProcessMetrics = false } = parts;
  const metrics = makeMetrics({ withProcess: withProcessMetrics });
  const { apiUrl, appUrl, version, timeoutMs } = config.hubspot;
  const callTally = makeCallTally();
  const hubspot = makeHubSpot({
    apiUrl,
    appUrl,
    version,
    timeoutMs,
    onCall: ({ portalId, route, lane, status, ms, waitedMs }) => {
      if (portalId !== null) callTally.note(portalId, now());
      metrics.hubspotCalls.inc({ route, status });
      metrics.hubspotCallSeconds.observe({ route }, ms / 1_000);
      metrics.governorWaitSeconds.observe({ lane }, waitedMs / 1_000);
    },
  });
  const base = {
    config,
    store,
    caches: makeCaches(now),
    hubspot,
    callTally,
    scannerNetworks: readScannerNetworks(config.scannerNetworksFile, log),
    vault: makeVault(encryptionKeys),
    tokenFiles: makeKeptFiles(path.join(config.dataDir, 'tokens')),
    cookieSeal: makeCookieSeal(encryptionKeys),
    now,
    newId: makeNewId(now),
    log,
    metrics,
    nudge: () => undefined,
    nudgeSweeps: () => undefined,
    waker: makePortalWaker({ store }),
  };
  // Intake and tokens are flows with a memory: they are handed the context they become part of.
  const context = base as unknown as Context;
  context.intake = makeClickIntake(context, await openSpool(config.spoolDir));
  context.tokens = makeTokens(context);
  context.live = makeLiveHub(context);
  return {
    context,
    close: async () => {
      context.live.close();
      await context.intake.close();
      await flushCalls(context).catch((error: unknown) => log.debug({ err: error }, 'calls were not written down'));
      hubspot.close();
    },
  };
}
