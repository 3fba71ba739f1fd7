// A move of a rule is taken back: while the stage is still ours, whatever becomes of the call, and the deal is left alone from then on.
import { describe, expect, it } from 'vitest';
import { until, type TestWorld } from '../helpers/start-test-world.ts';
import { useRules } from './use-rules.ts';

describe('a threshold rule', () => {
  let world: TestWorld;
  const { stage, saveRule, moves, click, moveByHand } = useRules((made) => {
    world = made;
  });

  it('a move can be taken back while the stage is still ours, and the deal is exempt from then on', async () => {
    await saveRule();
    await click('c1', 'c2', 'c3');
    await until('the move is done', async () => (await moves())[0]?.state === 'done');
    const [move] = await moves();
    await world.tenant.api.post(`/v1/rule-moves/${move?.id ?? ''}/undo`).expect(200);
    expect(stage()).toBe('appointmentscheduled');
    await click('c4', 'c5', 'c6');
    expect(stage()).toBe('appointmentscheduled');
  });

  it.each([
    ['is lost after HubSpot took it', { kind: 'close', when: 'after' }, 'appointmentscheduled'],
    ['never reaches HubSpot', { kind: 'close', when: 'before' }, 'qualifiedtobuy'],
    ['is refused with 500', { kind: 'status', status: 500 }, 'qualifiedtobuy'],
  ] as const)(
    'taking a move back whose call %s is not called done, and ends when asked again',
    async (_, action, after) => {
      const { id } = await saveRule();
      await click('c1', 'c2', 'c3');
      await until('the move is done', async () => (await moves())[0]?.state === 'done');
      const undo = `/v1/rule-moves/${(await moves())[0]?.id ?? ''}/undo`;
      const fault = world.sandbox.control.addFault({ path: '/crm/objects/2026-03/deals/batch/update', action });
      const refused = await world.tenant.api.post(undo);
      expect(refused.status).toBe(502);
      world.sandbox.control.clearFaults(fault.id);
      expect(stage()).toBe(after);
      expect((await moves())[0]?.state).toBe('done');
      // Meanwhile the deal is exempt already, however often the rule is armed.
      await world.tenant.api.post(`/v1/rules/${id}/arm`).expect(200);
      world.advance(1_000);
      await click('d1', 'd2', 'd3');
      expect(await moves()).toHaveLength(1);

      expect((await world.tenant.api.post(undo).expect(200)).body).toMatchObject({ state: 'undone' });
      expect(stage()).toBe('appointmentscheduled');
      expect((await moves())[0]?.state).toBe('undone');
      const calls = world.sandbox.control.log({}).length;
      await world.tenant.api.post(undo).expect(200);
      expect(world.sandbox.control.log({})).toHaveLength(calls);
    },
  );

  it('a move that a person has changed since cannot be taken back', async () => {
    await saveRule();
    await click('c1', 'c2', 'c3');
    await until('the move is done', async () => (await moves())[0]?.state === 'done');
    await moveByHand('701', 'contractsent');
    const [move] = await moves();
    await world.tenant.api.post(`/v1/rule-moves/${move?.id ?? ''}/undo`).expect(409);
    expect(stage()).toBe('contractsent');
  });
});
