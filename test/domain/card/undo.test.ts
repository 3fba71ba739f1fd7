// Whether the button to take a move back is offered on a card, for every state of a move and every place of its deal.
import { describe, expect, it } from 'vitest';
import { undoProblem } from '../../../server/domain/card/undo.ts';

const asked = new Date('2026-03-01T10:00:00Z');

describe('a move of a rule', () => {
  it.each([
    ['done, the deal where the rule put it', { state: 'done' }, 'to', null],
    ['done, the deal somewhere unknown', { state: 'done' }, null, null],
    ['done, the deal moved on by a person', { state: 'done' }, 'further', 'deal_moved_on'],
    ['done, the deal moved back by a person', { state: 'done' }, 'from', 'deal_moved_on'],
    ['taking back begun, its answer lost, the deal back already', { state: 'done', undoAskedAt: asked }, 'from', null],
    ['taking back begun, the deal not moved yet', { state: 'done', undoAskedAt: asked }, 'to', null],
    ['taking back begun, the deal moved on', { state: 'done', undoAskedAt: asked }, 'further', 'deal_moved_on'],
    ['taken back', { state: 'undone' }, 'from', 'already_undone'],
    ['taken back, the deal moved again', { state: 'undone', undoAskedAt: asked }, 'to', 'already_undone'],
    ['planned', { state: 'planned' }, 'from', 'not_done'],
    ['only watched', { state: 'watched' }, 'from', 'not_done'],
    ['failed', { state: 'failed' }, 'from', 'not_done'],
  ])('that is %s', (_name, move, stage, problem) => {
    expect(undoProblem({ fromStage: 'from', toStage: 'to', ...move }, stage)).toBe(problem);
  });
});
