// Amounts of conversions: which currencies there are, how many decimals each has, and what is no amount in one. Pure.

/** The codes as the JavaScript engine knows them. Its decimals are those of cash in places (0 for HUF and COP), so they are not taken. */
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Minor units of ISO 4217 where they are not 2. */
const otherDecimals: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};
const decimalsOf: ReadonlyMap<string, number> = new Map(
  Object.entries(otherDecimals).flatMap(([decimals, codes]) =>
    codes.split(' ').map((code) => [code, Number(decimals)]),
  ),
);

/** Below this every amount keeps its decimals as a JavaScript number. */
const tooMuch = 1e12;

export function isCurrency(code: string): boolean {
  return currencies.has(code);
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
