// Whether a click counts, by the wish of the workspace. The verdict itself knows nothing of this.
import type { Verdict } from './verdict.ts';

export interface CountPolicy {
  countMachines: boolean;
  countUnsure: boolean;
}

/** A person's click is not lost to a doubt; a machine's is not counted. */
export const defaultCountPolicy: CountPolicy = { countMachines: false, countUnsure: true };

export function isCounted({ verdict }: Pick<Verdict, 'verdict'>, policy: CountPolicy = defaultCountPolicy): boolean {
  if (verdict === 'machine') return policy.countMachines;
  return verdict === 'human' || policy.countUnsure;
}
