/** The register of expression operators: name to a function that compiles its argument. */
import { arithmeticOperators } from './arithmetic.ts';
import { arrayOperators } from './arrays.ts';
import { dateOperators } from './dates.ts';
import { logicOperators } from './logic.ts';
import type { Operator } from './scope.ts';
import { stringOperators } from './strings.ts';

const register = new Map<string, Operator>([
  ...arithmeticOperators,
  ...arrayOperators,
  ...dateOperators,
  ...logicOperators,
  ...stringOperators,
]);

export const findOperator = (name: string): Operator | undefined => register.get(name);
