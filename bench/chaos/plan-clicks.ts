// The clicks of a run: in batches and one by one through the API, and as visits to the short link. Pure.
import type { Random } from './random.ts';
import type { Household } from './town.ts';

export interface ApiClick {
  clickId: string;
  contactId: string;
  openDeals: readonly string[];
}

export type Sending =
  | { kind: 'batch'; household: Household; clicks: ApiClick[] }
  | { kind: 'single'; household: Household; clicks: [ApiClick] }
  | { kind: 'visit'; household: Household; contactId: string; openDeals: readonly string[] };

const largestBatch = 40;

export function planClicks(households: readonly Household[], { clicks, random }: { clicks: number; random: Random }) {
  const sendings: Sending[] = [];
  let planned = 0;
  const oneOf = (household: Household): ApiClick => {
    const { contactId, openDeals } = random.pick(household.people);
    planned += 1;
    return { clickId: `chaos-${planned}`, contactId, openDeals };
  };
  while (planned < clicks) {
    const household = random.pick(households);
    const dice = random.next();
    if (dice < 0.35) {
      const size = Math.min(2 + random.int(largestBatch - 1), clicks - planned);
      sendings.push({ kind: 'batch', household, clicks: Array.from({ length: size }, () => oneOf(household)) });
    } else if (dice < 0.6) {
      sendings.push({ kind: 'single', household, clicks: [oneOf(household)] });
    } else {
      const { contactId, openDeals } = random.pick(household.people);
      planned += 1;
      sendings.push({ kind: 'visit', household, contactId, openDeals });
    }
  }
  return sendings;
}
