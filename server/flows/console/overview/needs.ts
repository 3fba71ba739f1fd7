// What needs a person, the most urgent first: pure, from what the overview has read.
import type { Overview } from '../../../contract/overview.ts';
import { missingScopes } from '../../../domain/scopes.ts';
import type { ConnectionView } from '../../list-connections.ts';

type Need = Overview['needs'][number];

interface Facts {
  views: readonly ConnectionView[];
  failed: number;
  days: number;
  hasLinks: boolean;
}

const order: Record<Need['urgency'], number> = { now: 0, soon: 1, hint: 2 };

export function needsOf({ views, failed, days, hasLinks }: Facts): Need[] {
  const live = views.filter(({ connection }) => connection.state !== 'disconnected');
  const needs = live.flatMap(needsOfConnection);
  if (live.length === 0) {
    needs.push(
      need('connect_hubspot', 'now', {
        words: 'No HubSpot account is connected. Clicks are kept, and go nowhere.',
        next: 'Connect an account.',
        where: '/connections',
      }),
    );
  }
  if (failed > 0) {
    needs.push(
      need('deliveries_dead', 'soon', {
        words: `${failed} ${failed === 1 ? 'delivery' : 'deliveries'} of the last ${days} days failed for good.`,
        next: 'See why, mend it, and send them again.',
        count: failed,
        where: '/log?state=dead',
      }),
    );
  }
  if (!hasLinks) {
    needs.push(
      need('make_first_link', 'hint', {
        words: 'There is no short link yet.',
        next: 'Make one, or import a list.',
        where: '/links',
      }),
    );
  }
  return needs.sort((a, b) => order[a.urgency] - order[b.urgency]);
}

function needsOfConnection({ connection, portal, health }: ConnectionView): Need[] {
  const where = `/connections/${connection._id}`;
  const account = portal.hubDomain || `account ${connection.portalId}`;
  const needs: Need[] = [];
  if (portal.state !== 'connected') {
    const gone = portal.state === 'uninstalled';
    needs.push(
      need(gone ? 'app_uninstalled' : 'sign_in_again', 'now', {
        words: `${account}: ${health.words}`,
        next: health.nextStep ?? 'Connect the account again. What waits is then sent.',
        where,
      }),
    );
    return needs;
  }
  const missing = missingScopes(portal.scopes);
  if (missing.length > 0) {
    needs.push(
      need('rights_missing', 'now', {
        words: `${account}: ${missing.length} ${missing.length === 1 ? 'right is' : 'rights are'} missing.`,
        next: 'Connect the account again as a super admin.',
        count: missing.length,
        where,
      }),
    );
  }
  if (portal.provisioning.state === 'failed') {
    needs.push(
      need('preparation_failed', 'soon', {
        words: `${account}: a step of the preparation failed. It is tried again by itself.`,
        next: 'See which step, and what HubSpot said.',
        where,
      }),
    );
  }
  if (connection.state === 'paused') {
    needs.push(
      need('connection_paused', 'soon', {
        words: `${account} is paused. Events wait.`,
        next: 'Resume it when they may go on.',
        where,
      }),
    );
  }
  return needs;
}

function need(
  code: Need['code'],
  urgency: Need['urgency'],
  facts: { words: string; next: string; where: string; count?: number },
): Need {
  return { code, urgency, count: null, ...facts };
}
