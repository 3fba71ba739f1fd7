// Which stage of which pipeline conversions move deals to, as a person names it. Pure.
import type { Board, StageChoice } from './deals.ts';

export type StageVerdict =
  { ok: true; choice: StageChoice } | { ok: false; field: 'pipeline' | 'stage'; reason: string; available: string[] };

/** By id, or by the label people see; the choice is in ids. */
export function chooseStage(boards: readonly Board[], wanted: StageChoice): StageVerdict {
  const board = named(boards, wanted.pipeline);
  if (!board) {
    return {
      ok: false,
      field: 'pipeline',
      reason: `This portal has no deal pipeline ${wanted.pipeline}. It has: ${boards.map(shown).join(', ')}.`,
      available: boards.map(({ id }) => id),
    };
  }
  const stage = named(board.stages, wanted.stage);
  if (!stage) {
    return {
      ok: false,
      field: 'stage',
      reason: `The pipeline ${board.label} has no stage ${wanted.stage}. It has: ${board.stages.map(shown).join(', ')}.`,
      available: board.stages.map(({ id }) => id),
    };
  }
  return { ok: true, choice: { pipeline: board.id, stage: stage.id } };
}

interface Named {
  id: string;
  label: string;
}

function named<T extends Named>(all: readonly T[], wanted: string): T | undefined {
  return all.find(({ id }) => id === wanted) ?? all.find(({ label }) => label.toLowerCase() === wanted.toLowerCase());
}

function shown({ id, label }: Named): string {
  return label && label !== id ? `${id} (${label})` : id;
}
