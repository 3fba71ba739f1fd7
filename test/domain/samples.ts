// One plain click, conversion and delivery for the tables of this folder; each test changes only what it is about.
import type { Click } from '../../server/domain/click.ts';
import type { Conversion } from '../../server/domain/conversion.ts';
import { makeDelivery, type Delivery } from '../../server/domain/delivery.ts';
import type { TrackedEvent } from '../../server/domain/event.ts';

export const day = 24 * 3600_000;
export const noon = Date.UTC(2026, 4, 4, 12);

export function sampleClick(changes: Partial<Click> = {}): Click {
  return {
    clickId: 'clk_1',
    workspaceId: 'ws_1',
    digest: 'd1',
    link: {
      id: 'lnk_1',
      slug: 'q2-pricing',
      title: 'Q2 pricing PDF',
      shortUrl: 's.example.com/r/q2-pricing',
      destination: 'https://www.example.com/pricing.pdf',
      tags: ['sales-collateral'],
    },
    at: noon,
    receivedAt: noon,
    via: 'api',
    method: 'GET',
    eid: null,
    eidInvalid: false,
    gclid: null,
    fbclid: null,
    utm: {},
    country: 'DE',
    device: 'Chrome on Windows',
    referrer: '',
    userAgent: '',
    headers: null,
    network: null,
    ...changes,
  };
}

export function sampleConversion(changes: Partial<Conversion> = {}): Conversion {
  return {
    conversionId: 'cnv_1',
    workspaceId: 'ws_1',
    digest: 'd2',
    name: 'Demo booked',
    value: 99,
    currency: 'EUR',
    utm: {},
    clickId: null,
    link: null,
    email: null,
    hsContactId: null,
    at: noon,
    receivedAt: noon,
    ...changes,
  };
}

export const clickEvent = (changes: Partial<Click> = {}): TrackedEvent => ({
  kind: 'click',
  click: sampleClick(changes),
});

export const conversionEvent = (changes: Partial<Conversion> = {}): TrackedEvent => ({
  kind: 'conversion',
  conversion: sampleConversion(changes),
});

/** The delivery of an event to portal 62515, the workspace's only one. */
export function sampleDelivery(event: TrackedEvent = clickEvent(), changes: Partial<Delivery> = {}): Delivery {
  const connection = { _id: 'con_1', portalId: 62_515 };
  return { ...makeDelivery({ event, connection, audience: 1, holdMs: 0 }), ...changes } as Delivery;
}
