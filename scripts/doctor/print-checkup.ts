// A checkup for people (a tick, a cross or a dash each) and for programs (a shape that stays).
import type { CheckId } from '../../server/domain/checkup.ts';
import type { Checkup } from '../../server/flows/doctor/examine.ts';

const titles: Record<CheckId, string> = {
  installed: 'Installed',
  reachable: 'HubSpot answers',
  clock: 'Clock',
  token: 'Token',
  scopes: 'Scopes',
  budget: 'Budget of calls',
  provisioning: 'Provisioned',
  contacts: 'Contacts readable',
  deals: 'Deals readable',
  deal_moves: 'Deals movable',
  properties: 'Properties writable',
  field_mapping: 'Field mapping',
  event_types: 'Event types',
  webhooks: 'Webhooks',
  queue: 'Queue',
  dead: 'Dead deliveries',
};

const marks = { ok: '✓', failed: '✗', unknown: '–' } as const;

export function checkupText({ portalId, hubDomain, healthy, checks }: Checkup): string {
  const lines = checks.flatMap(({ id, state, words, remedy }) => [
    `${marks[state]} ${titles[id].padEnd(20)} ${words}`,
    ...(remedy === null ? [] : [`  ${''.padEnd(20)} → ${remedy}`]),
  ]);
  const wrong = checks.filter(({ state }) => state === 'failed').length;
  const end = healthy ? 'Nothing is wrong.' : `${wrong} of ${checks.length} checks failed.`;
  return [`Portal ${portalId}${hubDomain ? ` (${hubDomain})` : ''}`, '', ...lines, '', end].join('\n');
}

export function checkupFacts({ portalId, hubDomain, healthy, examinedAt, checks }: Checkup): object {
  return { portal_id: portalId, hub_domain: hubDomain, healthy, examined_at: examinedAt.toISOString(), checks };
}
