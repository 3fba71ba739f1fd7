// The stages a deal went through, and questions about them. HubSpot keeps these as the history of `dealstage` and `pipeline`.

export interface StageStay {
  pipeline: string;
  stage: string;
  since: number;
}

/** Where the deal was at that moment; null before it existed. Stays are oldest first; of two at one moment the later stands. */
export function stageAt(stays: readonly StageStay[], at: number): StageStay | null {
  let low = 0;
  let high = stays.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stays[middle]?.since ?? Number.POSITIVE_INFINITY) <= at) low = middle + 1;
    else high = middle;
  }
  return stays[low - 1] ?? null;
}

/** When the deal next came to a stage. */
export function reachedAfter(
  stays: readonly StageStay[],
  { pipeline, toStage, at }: { pipeline: string; toStage: string; at: number },
): number | null {
  return stays.find((stay) => stay.since > at && stay.stage === toStage && stay.pipeline === pipeline)?.since ?? null;
}
