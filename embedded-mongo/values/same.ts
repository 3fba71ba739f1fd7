/** Whether two values would be stored as the same bytes: equal, and of the same types all the way down. */
import { typeName } from '../query/types.ts';
import { equal } from './compare.ts';
import { isDoc } from './document.ts';

function sameTypes(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.every((item, i) => sameTypes(item, b[i]));
  if (isDoc(a) && isDoc(b)) return Object.keys(a).every((key) => sameTypes(a[key], b[key]));
  return typeName(a) === typeName(b);
}

export const same = (a: unknown, b: unknown): boolean => equal(a, b) && sameTypes(a, b);
