// Amounts of conversions: which currencies there are, how many decimals each has, and what is no amount in one. Pure.

/** By ISO 4217 code, from the tables of the JavaScript engine: 2 for EUR, 0 for JPY, 3 for KWD. */
const decimalsOf: ReadonlyMap<string, number> = new Map(
  Intl.supportedValuesOf('currency').map((currency) => {
    const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
    }).resolvedOptions();
    return [currency, maximumFractionDigits];
  }),
);

/** Below this every amount keeps its decimals as a JavaScript number. */
const tooMuch = 1e12;

export function isCurrency(code: string): boolean {
  return decimalsOf.has(code);
}

/** What is wrong with the amount, in words, or null. */
export function amountProblem(value: number, currency: string): string | null {
  if (value < 0) return 'An amount is 0 or more. A refund is not a conversion.';
  if (value >= tooMuch) return 'An amount of a trillion or more is not taken.';
  const decimals = decimalsOf.get(currency) ?? 2;
  if (Number(value.toFixed(decimals)) === value) return null;
  return decimals === 0
    ? `${currency} has no decimals. Send a whole number.`
    : `${currency} has ${decimals} decimals. Round the amount before you send it.`;
}
