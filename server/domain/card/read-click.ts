// A click as cards read it: what people see of it, without headers, networks or identities.
import type { DeliveryState } from '../delivery.ts';
import type { VerdictWord } from '../human-verdict/verdict.ts';
import type { ReasonCode } from '../reasons.ts';

/** What is needed to add clicks up. */
export interface ClickGist {
  at: number;
  contactId: string | null;
  dealIds: string[];
  link: { slug: string; title: string; shortUrl: string };
}

export interface ReadClick extends ClickGist {
  eventId: string;
  connectionId: string;
  country: string;
  device: string;
  verdict: VerdictWord | null;
  state: DeliveryState;
  reason: ReasonCode | null;
}
