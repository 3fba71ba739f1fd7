// What goes wrong at HubSpot in a run with --faults: refused, done but not answered, answered too late to be read, limited.
import type { SandboxControl } from './sandbox-control.ts';

const actions = [
  { kind: 'status', status: 500, when: 'before' },
  { kind: 'status', status: 502, when: 'after' },
  { kind: 'close', when: 'before' },
  { kind: 'close', when: 'after' },
  { kind: 'malformed' },
  { kind: 'rate-limit', policy: 'TEN_SECONDLY_ROLLING', retryAfterSeconds: 1 },
] as const;

const paths = ['/crm/**', '/integrators/**'];

/** `share` of the calls meet one of the faults, each as often as the others. */
export async function plantFaults(sandbox: SandboxControl, share: number, seed: number): Promise<void> {
  if (share === 0) return;
  for (const [index, action] of actions.entries()) {
    for (const path of paths) {
      await sandbox.addFault({ path, probability: share / actions.length, seed: seed + index, action });
    }
  }
}
