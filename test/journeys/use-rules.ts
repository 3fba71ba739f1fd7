// What journeys of rules begin with: a world for each test, the documents' rule with a threshold of three, and what is done with both.
import { afterEach, beforeEach, expect } from 'vitest';
import { startTestWorld, testPortalId, type TestWorld } from '../helpers/start-test-world.ts';

export const ruleText = `
trigger:
  link_tag: "sales-collateral"   # all links tagged this way count
  contact_window: 30d            # rolling
  click_threshold: 3
action:
  type: advance_deal_stage
  pipeline: "default"
  from_stage: "appointmentscheduled"
  to_stage: "qualifiedtobuy"
  guard:
    require_associated_contact: true
    deal_amount_min: 5000
`;

/** Registers the hooks of the file; `take` is called before each test. */
export function useRules(take: (made: TestWorld) => void) {
  let world: TestWorld;
  beforeEach(async () => {
    world = await startTestWorld();
    take(world);
  });
  afterEach(() => world.close());

  return {
    stage: () => world.record('deals', '701')['dealstage'],
    saveRule: async (text = ruleText) => {
      const { body } = await world.tenant.api
        .post('/v1/rules')
        .send({ connection_id: world.connection._id, text })
        .expect(201);
      return body as { id: string };
    },
    moves: async () => {
      const { body } = await world.tenant.api.get('/v1/rule-moves').expect(200);
      return (body as { moves: Move[] }).moves;
    },
    click: async (...ids: string[]) => {
      await world.click(ids.map((click_id) => ({ click_id, eid: '501' })));
      await world.settled();
    },
    moveByHand: (dealId: string, dealstage: string) => moveByHand(world, dealId, dealstage),
  };
}

interface Move {
  id: string;
  state: string;
  words: string;
  detail: string | null;
  counted: string[];
}

async function moveByHand(world: TestWorld, dealId: string, dealstage: string): Promise<void> {
  const token = 'journey-person-token';
  world.sandbox.control.addPrivateToken({
    portalId: testPortalId,
    token,
    scopes: ['crm.objects.deals.read', 'crm.objects.deals.write'],
  });
  const reply = await fetch(`${world.sandbox.url}/crm/objects/2026-03/deals/${dealId}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ properties: { dealstage } }),
  });
  expect(reply.status).toBe(200);
}
