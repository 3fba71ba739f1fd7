// Is the portal installed, connected to a workspace, and provisioned? Our own records tell.
import { failed, ok, unknown, type Check } from '../../domain/checkup.ts';
import { explain, isReasonCode } from '../../domain/reasons.ts';
import type { Connection } from '../../store/connections.ts';
import type { Portal } from '../../store/portals.ts';

interface Installation {
  portal: Portal;
  connections: readonly Connection[];
  now: number;
}

const provisioningPatienceMs = 60_000;

export function checkInstallation({ portal, connections, now }: Installation): Check[] {
  return [installed(portal, connections), provisioned(portal, now)];
}

function installed({ state, stateReason, stateSince }: Portal, connections: readonly Connection[]): Check {
  if (state !== 'connected') {
    const why = stateReason && isReasonCode(stateReason) ? ` ${explain(stateReason).words}` : '';
    const words = `${state === 'uninstalled' ? 'Uninstalled' : 'Needs somebody to sign in'} since ${stateSince.toISOString()}.${why}`;
    return failed('installed', words, 'Reinstall the app as a super admin. What waits is then sent.');
  }
  const count = (wanted: Connection['state']) => connections.filter(({ state: own }) => own === wanted).length;
  if (count('active') === 0) {
    const remedy = count('paused') > 0 ? 'Resume the connection.' : 'Connect the portal to a workspace.';
    return failed('installed', `Installed, but none of ${connections.length} connections is active.`, remedy);
  }
  return ok(
    'installed',
    `Connected since ${stateSince.toISOString()}; ${count('active')} active, ${count('paused')} paused.`,
  );
}

function provisioned({ provisioning: { state, steps, at } }: Portal, now: number): Check {
  if (state === 'ready') return ok('provisioning', `Ready since ${at.toISOString()}.`);
  const step = steps.find((one) => one.state === 'failed');
  if (state === 'failed')
    return failed(
      'provisioning',
      `${step?.name ?? 'A step'} failed: ${step?.detail ?? 'no detail'}`,
      'Correct the cause. It is tried again every minute.',
    );
  if (now - at.getTime() < provisioningPatienceMs) return unknown('provisioning', 'Under way.');
  const remedy = 'Is a worker running (ROLE=all or worker)?';
  return failed('provisioning', `Not finished since ${at.toISOString()}.`, remedy);
}
