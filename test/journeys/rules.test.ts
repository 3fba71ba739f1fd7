// Click thresholds move deal stages (product A9): once, forward only, by people's clicks, and not over anybody's head.
import { describe, expect, it } from 'vitest';
import { startWorker } from '../../server/jobs/worker.ts';
import type { Pipeline } from '../../sandbox/state/crm.ts';
import { testPortalId, until, type TestWorld } from '../helpers/start-test-world.ts';
import { ruleText, useRules } from './use-rules.ts';

type Pipelines = Pipeline[];

describe('a threshold rule', () => {
  let world: TestWorld;
  const { stage, saveRule, moves, click, moveByHand } = useRules((made) => {
    world = made;
  });

  it('moves the deal when the threshold is reached, and not before', async () => {
    await saveRule();
    await click('c1', 'c2');
    expect(stage()).toBe('appointmentscheduled');
    await click('c3');
    await until('the deal is moved', () => stage() === 'qualifiedtobuy');
    await until('the move is written down', async () => (await moves())[0]?.state === 'done');
    expect((await moves())[0]).toMatchObject({ counted: ['c1', 'c2', 'c3'] });
  });

  it("the documents' rule, as it stands there, moves the deal at the fiftieth click", async () => {
    await saveRule(ruleText.replace('click_threshold: 3', 'click_threshold: 50'));
    await click(...Array.from({ length: 49 }, (_, index) => `c${index}`));
    expect(stage()).toBe('appointmentscheduled');
    await click('the-fiftieth');
    await until('the deal is moved', () => stage() === 'qualifiedtobuy');
    expect((await moves())[0]?.counted).toHaveLength(50);
    expect(world.record('deals', '701')['elido_recent_link_clicks']).toBe('50');
  });

  it('counts a click once, however often it is sent', async () => {
    await saveRule();
    const same = { slug: 'q2-pricing', click_id: 'same', eid: '501' };
    for (let i = 0; i < 4; i++) await world.tenant.api.post('/v1/clicks').send(same).expect(202);
    await world.settled();
    expect(stage()).toBe('appointmentscheduled');
  });

  it('fires once for a deal, also when it is moved back by hand', async () => {
    await saveRule();
    await click('c1', 'c2', 'c3');
    await until('the deal is moved', () => stage() === 'qualifiedtobuy');
    await moveByHand('701', 'appointmentscheduled');
    await click('c4', 'c5');
    expect(stage()).toBe('appointmentscheduled');
    expect(await moves()).toHaveLength(1);
  });

  it('armed again, it counts from anew and may fire once more', async () => {
    const { id } = await saveRule();
    await click('c1', 'c2', 'c3');
    await until('the deal is moved', () => stage() === 'qualifiedtobuy');
    await moveByHand('701', 'appointmentscheduled');
    await world.tenant.api.post(`/v1/rules/${id}/arm`).expect(200);
    world.advance(1_000);
    await click('d1', 'd2');
    expect(stage()).toBe('appointmentscheduled');
    await click('d3');
    await until('the deal is moved again', () => stage() === 'qualifiedtobuy');
  });

  it('leaves a deal alone that is not in the stage the rule starts from', async () => {
    await saveRule();
    await moveByHand('701', 'presentationscheduled');
    await click('c1', 'c2', 'c3');
    expect(stage()).toBe('presentationscheduled');
    expect(await moves()).toHaveLength(0);
  });

  it('only watches when it is told to', async () => {
    await saveRule(`mode: watch\n${ruleText}`);
    await click('c1', 'c2', 'c3');
    await until('the move is written down', async () => (await moves()).length === 1);
    expect((await moves())[0]).toMatchObject({ state: 'watched' });
    expect(stage()).toBe('appointmentscheduled');
  });

  it('suggests by a task for the owner, once, when it is told to', async () => {
    await saveRule(`mode: suggest\n${ruleText}`);
    await click('c1', 'c2');
    const path = '/crm/objects/2026-03/tasks/batch/create';
    world.sandbox.control.addFault({ path, count: 1, action: { kind: 'close', when: 'after' } });
    await world.click([{ click_id: 'c3', eid: '501' }]);
    await until('the suggestion is written down', async () => {
      world.advance(10_000);
      return (await moves())[0]?.state === 'suggested';
    });
    const tasks = world.sandbox.control.dump(testPortalId).objects['tasks']?.records ?? [];
    expect(tasks).toHaveLength(1);
    expect(tasks[0]?.values['hs_task_body']).toContain('3 clicks by Contact 501 move this deal to Qualified To Buy.');
    expect(stage()).toBe('appointmentscheduled');
  });

  it('of two rules for one deal one moves it, and the other lets it be', async () => {
    await saveRule();
    await saveRule(ruleText.replace('qualifiedtobuy', 'presentationscheduled'));
    await click('c1', 'c2', 'c3');
    await until('both are settled', async () => {
      world.advance(10_000);
      await click(`more-${Math.random()}`);
      const states = (await moves()).map(({ state }) => state).sort();
      return states.join() === 'done,void';
    });
    expect(['qualifiedtobuy', 'presentationscheduled']).toContain(stage());
  });

  it('of two workers that see the same clicks at once one fires, and the deal moves once', async () => {
    const { context } = world.server;
    await saveRule();
    const others = [1, 2].map(() => startWorker(context, { idleMs: 5 }));
    try {
      await Promise.all(Array.from({ length: 12 }, (_, n) => world.click([{ click_id: `c${n}`, eid: '501' }])));
      await until('the deal is moved', () => stage() === 'qualifiedtobuy');
      await until('the move is written down', async () => (await moves())[0]?.state === 'done');
    } finally {
      for (const worker of others) await worker.stop();
    }
    expect(await moves()).toHaveLength(1);
    const [first] = await context.store.ruleMoves.listOfDeals({ portalId: testPortalId, dealIds: ['701'] });
    // Two processes that judged at the same moment: the second finds it written down.
    expect(first && (await context.store.ruleMoves.insertNew(first))).toBe(false);
  });

  it('a deal that a person moves while the rule is on its way stays where the person put it', async () => {
    await saveRule();
    await click('c1', 'c2');
    // The rule has fired and its move is written down, but HubSpot does not answer the first try.
    const path = '/crm/objects/2026-03/deals/batch/update';
    const fault = world.sandbox.control.addFault({ path, skip: 1, action: { kind: 'status', status: 503 } });
    await world.click([{ click_id: 'c3', eid: '501' }]);
    await until('the move is planned', async () => (await moves())[0]?.state === 'planned');
    await moveByHand('701', 'contractsent');
    world.sandbox.control.clearFaults(fault.id);
    await until('the move is given up', async () => {
      world.advance(10_000);
      return (await moves())[0]?.state === 'void';
    });
    expect(stage()).toBe('contractsent');
  });

  it.each([
    [
      'a stage',
      (all: Pipelines) =>
        all.map((one) => ({ ...one, stages: one.stages.filter(({ id }) => id !== 'qualifiedtobuy') })),
    ],
    ['a pipeline', (all: Pipelines) => all.filter(({ id }) => id !== 'default')],
  ])('%s that is deleted in HubSpot moves no deal, and no click is lost', async (_what, without) => {
    await saveRule();
    await click('c1', 'c2');
    const { pipelines } = world.sandbox.state.portals.get(testPortalId) ?? {};
    pipelines?.set('0-3', without(pipelines.get('0-3') ?? []));
    await click('c3');
    await until('the move has failed', async () => (await moves())[0]?.state === 'failed');
    const [move] = await moves();
    expect(move?.detail).toMatch(/dealstage|allowed options/);
    expect(stage()).toBe('appointmentscheduled');
    expect((await world.delivery('c3')).state).toBe('delivered');
  });

  it('tells which clicks of machines it left out', async () => {
    await saveRule();
    await world.click([{ click_id: 'scan', eid: '501', user_agent: 'curl/8.5.0' }]);
    await world.settled();
    await click('c1', 'c2', 'c3');
    await until('the move is written down', async () => (await moves()).length === 1);
    expect((await moves())[0]).toMatchObject({
      counted: ['c1', 'c2', 'c3'],
      excluded: [{ click_id: 'scan', reason: 'machine' }],
    });
  });

  it('a stage that HubSpot no longer takes is a failed move with the reason, and no click is lost', async () => {
    await saveRule();
    const path = '/crm/objects/2026-03/deals/batch/update';
    const body = {
      status: 'error',
      message: 'Property values were not valid',
      category: 'VALIDATION_ERROR',
      errors: [{ message: 'no', code: 'INVALID_OPTION', context: { propertyName: ['dealstage'] } }],
    };
    await click('c1', 'c2');
    world.sandbox.control.addFault({ path, skip: 1, action: { kind: 'status', status: 400, body } });
    await world.click([{ click_id: 'c3', eid: '501' }]);
    await until('the move has failed', async () => (await moves())[0]?.state === 'failed');
    expect((await world.delivery('c3')).state).toBe('delivered');
  });

  it('a lost reply to the move does not lose or repeat it', async () => {
    await saveRule();
    const path = '/crm/objects/2026-03/*/batch/update';
    await click('c1', 'c2');
    const fault = world.sandbox.control.addFault({ path, skip: 2, count: 1, action: { kind: 'close', when: 'after' } });
    await world.click([{ click_id: 'c3', eid: '501' }]);
    await until('the deal is moved', () => stage() === 'qualifiedtobuy');
    world.sandbox.control.clearFaults(fault.id);
    await until('the move is written down', async () => {
      world.advance(10_000);
      return (await moves())[0]?.state === 'done';
    });
  });
});
