// The values of a form, whether they changed, and which field an answer of the server finds fault with.
import { useState } from 'react';
import { ApiError } from '../api/api.ts';

export interface Form<Values> {
  values: Values;
  set: <Name extends keyof Values>(name: Name, value: Values[Name]) => void;
  isDirty: boolean;
  /** Puts other values in, unchanged from then on. */
  reset: (values: Values) => void;
}

export function useForm<Values extends object>(initial: Values): Form<Values> {
  const [start, setStart] = useState(initial);
  const [values, setValues] = useState(initial);
  return {
    values,
    set: (name, value) => setValues((known) => ({ ...known, [name]: value })),
    isDirty: JSON.stringify(values) !== JSON.stringify(start),
    reset: (next) => {
      setStart(next);
      setValues(next);
    },
  };
}

/** The error for a field of the request, by its path in the body: `utm.source`. */
export function fieldError(error: unknown, field: string): string | undefined {
  return error instanceof ApiError && covers(field, error.field) ? error.message : undefined;
}

/** The error when no field of the form shows it. */
export function formError(error: unknown, shownFields: readonly string[]): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof ApiError && shownFields.some((field) => covers(field, error.field))) return undefined;
  return error.message;
}

/** `tags` stands for `tags.3` too. */
function covers(field: string, found: string | undefined): boolean {
  return found === field || (found?.startsWith(`${field}.`) ?? false);
}
