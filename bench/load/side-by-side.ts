// Rounds of two servers in turn, each time the other one first, so that neither gains by what the machine does meanwhile.

export type Side = 'product' | 'bare';

export interface Pair<T> {
  product: T;
  bare: T;
}

export async function sideBySide<T>(
  rounds: number,
  measure: (side: Side) => Promise<T>,
  onRound: (round: number, pair: Pair<T>) => void,
): Promise<Pair<T>[]> {
  const pairs: Pair<T>[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const productFirst = round % 2 === 1;
    const first = await measure(productFirst ? 'product' : 'bare');
    const second = await measure(productFirst ? 'bare' : 'product');
    const pair = productFirst ? { product: first, bare: second } : { product: second, bare: first };
    pairs.push(pair);
    onRound(round, pair);
  }
  return pairs;
}
