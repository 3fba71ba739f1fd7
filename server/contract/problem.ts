// Turns zod's findings into one problem a caller can act on: which field, and what is wrong with it. Never repeats a value.
import type { z } from 'zod';

export interface Problem {
  /** As a path: `clicks.3.utm.source`. Empty for the whole body. */
  field: string;
  message: string;
}

/** The first problem; `prefix` is put in front of its path. */
export function firstProblem(error: z.ZodError, prefix = ''): Problem {
  const [issue] = error.issues;
  const path = [...(issue?.path ?? [])];
  if (issue?.code === 'unrecognized_keys') path.push(issue.keys[0] ?? '');
  const own = path.map(String).join('.').slice(0, 200);
  const message =
    issue?.code === 'unrecognized_keys' ? 'This field is not known here.' : (issue?.message ?? 'Invalid.');
  return { field: [prefix, own].filter(Boolean).join('.'), message: message.slice(0, 300) };
}
