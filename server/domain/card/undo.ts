// Whether a move of a rule can still be taken back, as far as we know. HubSpot has the last word when somebody does. Pure.

export type UndoProblem = 'not_done' | 'already_undone' | 'deal_moved_on';

export function undoProblem(
  move: { state: string; fromStage: string; toStage: string; undoAskedAt?: Date | null },
  /** Where the deal stands now; null when we do not know. */
  stage: string | null,
): UndoProblem | null {
  if (move.state === 'undone') return 'already_undone';
  if (move.state !== 'done') return 'not_done';
  // Begun, and the answer was lost: asked again it ends.
  if (move.undoAskedAt && stage === move.fromStage) return null;
  return stage !== null && stage !== move.toStage ? 'deal_moved_on' : null;
}
