// Compares what should stand on the timelines with what does. Pure: clicks and events in, findings out.

/** A click that was sent: it belongs on its contact's timeline and on those of the contact's open deals. */
export interface SentClick {
  clickId: string;
  contactId: string;
  openDeals: readonly string[];
  /** False: the answer never came, so it may be there or not. */
  accepted: boolean;
}

/** An event as the sandbox accepted it; one accepted twice is here twice. */
export interface SeenEvent {
  objectTypeId: string;
  objectId: string;
  timestamp: number;
  extraData: unknown;
}

export interface Findings {
  /** Accepted clicks that are missing from at least one timeline. */
  lost: { clickId: string; missing: string[] }[];
  /** Click and record, where it stands more than once or where it does not belong. */
  doubled: { clickId: string; record: string; times: number }[];
}

export function judgeTimelines(clicks: readonly SentClick[], events: readonly SeenEvent[]): Findings {
  const left = countByClickAndRecord(events);
  const findings: Findings = { lost: [], doubled: [] };
  for (const { clickId, contactId, openDeals, accepted } of clicks) {
    const seen = left.get(clickId) ?? new Map<string, number>();
    const expected = [`contact ${contactId}`, ...openDeals.map((id) => `deal ${id}`)];
    const missing = expected.filter((record) => !seen.has(record));
    if (accepted && missing.length > 0) findings.lost.push({ clickId, missing });
    for (const record of expected) {
      const times = seen.get(record) ?? 0;
      if (times > 1) findings.doubled.push({ clickId, record, times });
      seen.delete(record);
    }
  }
  // What is still left stands on a record of somebody else, or belongs to a click that nobody sent.
  for (const [clickId, records] of left) {
    for (const [record, times] of records) findings.doubled.push({ clickId, record, times });
  }
  return findings;
}

function countByClickAndRecord(events: readonly SeenEvent[]): Map<string, Map<string, number>> {
  const counts = new Map<string, Map<string, number>>();
  for (const event of events) {
    const clickId = clickIdOf(event);
    const records = counts.get(clickId) ?? new Map<string, number>();
    const record = recordOf(event);
    records.set(record, (records.get(record) ?? 0) + 1);
    counts.set(clickId, records);
  }
  return counts;
}

export function clickIdOf({ extraData }: SeenEvent): string {
  const { clickId } = (extraData ?? {}) as { clickId?: unknown };
  return typeof clickId === 'string' ? clickId : '(none)';
}

export function isOnContact({ objectTypeId }: SeenEvent): boolean {
  return objectTypeId === '0-1';
}

function recordOf(event: SeenEvent): string {
  return `${isOnContact(event) ? 'contact' : 'deal'} ${event.objectId}`;
}
