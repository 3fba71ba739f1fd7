// Deals and the boards they stand on, as far as the app decides about them: is one open, and which way is forward. Pure.

export interface DealFacts {
  id: string;
  /** Null when it has none. */
  name: string | null;
  pipeline: string;
  stage: string;
  amount: number | null;
  createdAt: number | null;
}

/** A deal pipeline with its stages in the order of the board. */
export interface Board {
  id: string;
  label: string;
  stages: readonly BoardStage[];
}

interface BoardStage {
  id: string;
  label: string;
  displayOrder: number;
  isClosed: boolean;
  /** 0 is lost, 1 is won; null when the account gives none. */
  probability: number | null;
}

export interface StageChoice {
  pipeline: string;
  stage: string;
}

export function closedStagesOf(boards: readonly Board[]): Set<string> {
  return new Set(boards.flatMap(({ stages }) => stages.filter(({ isClosed }) => isClosed).map(({ id }) => id)));
}

export function hasStage(boards: readonly Board[], { pipeline, stage }: StageChoice): boolean {
  return boards.some((board) => board.id === pipeline && board.stages.some(({ id }) => id === stage));
}

/** True when the stage lies ahead of the deal on its own board. A deal is never moved back, and never to another board. */
export function isAhead(
  boards: readonly Board[],
  deal: Pick<DealFacts, 'pipeline' | 'stage'>,
  to: StageChoice,
): boolean {
  if (deal.pipeline !== to.pipeline) return false;
  const stages = boards.find(({ id }) => id === to.pipeline)?.stages.map(({ id }) => id) ?? [];
  const [here, there] = [stages.indexOf(deal.stage), stages.indexOf(to.stage)];
  return here >= 0 && there > here;
}
