// The mistakes in a rule's text that the server found, with line and column. Pure.
import { ApiError } from '../../api/api.ts';

export interface RuleProblem {
  line: number | null;
  column: number | null;
  /** `trigger.click_threshold` */
  path: string;
  message: string;
}

export function problemsOf(error: unknown): RuleProblem[] {
  if (!(error instanceof ApiError) || !Array.isArray(error.details.problems)) return [];
  return error.details.problems as RuleProblem[];
}
