// The mapped values of a batch, contact by contact, in the form the portal's properties want. What cannot go into its
// property is left out and noted in the delivery log; the timeline event is there already and stays.
import type { Touch } from '../../domain/attribution.ts';
import { touchOf } from '../../domain/event.ts';
import { clickSources, mapMoment, mapMoney, mapTouch, utmSources } from '../../domain/field-mapping.ts';
import { fitValues } from '../../domain/property-values.ts';
import type { Outcomes, Planned } from './batch.ts';
import type { Plan } from './plan-batch.ts';
import type { PortalSession } from './session.ts';

interface Batch {
  plan: Plan;
  outcomes: Outcomes;
  /** The rows still going, by contact. */
  byContact: ReadonlyMap<string, Planned[]>;
}

/** Property values by contact. Asks for the property definitions only when a mapping goes beyond our own properties. */
export async function mappedValues(
  session: PortalSession,
  { plan, outcomes, byContact }: Batch,
): Promise<ReadonlyMap<string, Record<string, string>>> {
  const values = new Map<string, Record<string, string>>();
  for (const [contactId, rows] of byContact) {
    const properties: Record<string, string> = {};
    for (const { row, mapped } of valuesOfContact(plan, contactId, rows)) {
      const foreign = Object.keys(mapped).some((name) => !name.startsWith('elido_'));
      const fitted = foreign ? fitValues(mapped, await session.contactProperties()) : { properties: mapped, notes: [] };
      for (const note of fitted.notes) outcomes.note(row.delivery, note);
      Object.assign(properties, fitted.properties);
    }
    values.set(contactId, properties);
  }
  return values;
}

/** Of the contact's last touch, click and conversion, when they are in this batch: older ones change nothing. */
function valuesOfContact(
  { ledgers }: Plan,
  contactId: string,
  rows: readonly Planned[],
): { row: Planned; mapped: Record<string, string> }[] {
  const ledger = ledgers.get(contactId);
  const found: { row: Planned; mapped: Record<string, string> }[] = [];
  const lastTouch = rowOfTouch(rows, ledger?.last);
  if (lastTouch && ledger?.last) {
    found.push({ row: lastTouch, mapped: mapTouch(lastTouch.connection.mapping, ledger.last, utmSources) });
  }
  const lastClick = rowOfTouch(ofKind(rows, 'click'), ledger?.lastClick);
  if (lastClick && ledger?.lastClick) {
    found.push({ row: lastClick, mapped: mapTouch(lastClick.connection.mapping, ledger.lastClick, clickSources) });
  }
  const converted = rowOfTouch(ofKind(rows, 'conversion'), ledger?.lastConversion);
  if (converted?.delivery.kind === 'conversion') {
    const { mapping } = converted.connection;
    const { conversion } = converted.delivery;
    found.push({ row: converted, mapped: { ...mapMoney(mapping, conversion), ...mapMoment(mapping, conversion) } });
  }
  return found;
}

/** A click and its conversion may carry the same id and moment. */
function ofKind(rows: readonly Planned[], kind: Planned['delivery']['kind']): Planned[] {
  return rows.filter(({ delivery }) => delivery.kind === kind);
}

function rowOfTouch(rows: readonly Planned[], touch: Touch | null | undefined): Planned | undefined {
  if (!touch) return undefined;
  return rows.find(({ delivery }) => {
    const own = touchOf(delivery);
    return own.clickId === touch.clickId && own.at === touch.at;
  });
}
