// The contact card: what this person clicked, the four touches, conversions, and which clicks are missing on the timeline and why.
import type { z } from 'zod';
import type { CardReadingQuery } from '../../contract/card.ts';
import type { cardContactSchema } from '../../contract/card-reading.ts';
import type { Touch } from '../../domain/attribution.ts';
import type { ReadClick } from '../../domain/card/read-click.ts';
import { logUrl } from '../../domain/console-url.ts';
import { explain } from '../../domain/reasons.ts';
import type { ReadConversion } from '../../store/click-reading.ts';
import type { Context } from '../context.ts';
import { connectionReply, openCardPortal } from './card-portal.ts';
import { countMachines, readMachines, whoOfContacts } from './machine-clicks.ts';
import {
  clickReply,
  linkCounts,
  linkReply,
  namesFor,
  pageReply,
  pageSize,
  nowReply,
  periodReply,
  personReply,
  readActivity,
  readPage,
  type Names,
} from './read-activity.ts';

export type ContactReply = z.infer<typeof cardContactSchema>;

const mostMissing = 10;
const mostConversions = 20;

export interface AskedContact {
  portalId: number;
  contactId: string;
  query: CardReadingQuery;
}

export async function readContact(
  context: Context,
  { portalId, contactId: asked, query }: AskedContact,
): Promise<ContactReply> {
  const { store } = context;
  const card = await openCardPortal(context, portalId);
  const { connectionIds } = card;
  // A page that was open during a merge still asks for the former contact.
  const contactId = await store.contactMerges.survivorOf({ portalId, contactId: asked });
  const ids = await store.contactMerges.allIdsOf({ portalId, contactId });
  const scope = { portalId, connectionIds, contactId };
  const [activity, who] = await Promise.all([
    readActivity(context, { scope, query: { days: query.days, link: query.link } }),
    whoOfContacts(context, card, ids),
  ]);
  const { period } = activity;
  const own = connectionIds.length > 0;
  const [machine, recent, missing, ledgers, conversions, names] = await Promise.all([
    countMachines(context, card, { who, period }),
    readPage({
      cursor: query.cursor,
      to: period.to,
      read: (edge) =>
        query.verdict === 'machine'
          ? readMachines(context, card, { who, period, ...edge })
          : store.deliveries.clicksOf({
              ...scope,
              linkSlug: query.link,
              from: period.beforeFrom,
              ...edge,
              limit: pageSize,
            }),
    }),
    store.deliveries.clicksNaming({
      ...card,
      who,
      from: period.beforeFrom,
      to: period.to,
      which: 'missing',
      limit: mostMissing + 1,
    }),
    own ? store.touches.findMany({ portalId, contactIds: [contactId] }) : null,
    store.deliveries.conversionsOf({ portalId, connectionIds, contactId, limit: mostConversions }),
    namesFor(context, card, [contactId]),
  ]);
  const ledger = ledgers?.get(contactId);
  return {
    connection: connectionReply(card),
    now: nowReply(context.now()),
    period: periodReply(period),
    clicks: activity.counts,
    machine,
    trend: activity.trend,
    links: linkCounts(activity.links),
    contact: personReply(contactId, names),
    recent: pageReply(recent, names),
    top_links: linkCounts(activity.topLinks),
    touches: {
      first: touchReply(ledger?.first),
      lead: touchReply(ledger?.lead),
      deal: touchReply(ledger?.deal),
      last: touchReply(ledger?.last),
    },
    conversions: conversions.map(conversionReply),
    missing: {
      events: missing.slice(0, mostMissing).map((one) => missingReply(one, names)),
      more: missing.length > mostMissing,
    },
    log_url: logUrl(context.config.publicUrl, { portal_id: String(portalId), contact_id: contactId }),
  };
}

function missingReply(click: ReadClick, names: Names): ContactReply['missing']['events'][number] {
  const { words, next } =
    click.reason === null
      ? { words: 'On its way.', next: 'Nothing to do: it goes on in a moment.' }
      : explain(click.reason);
  return { ...clickReply(click, names), words, next };
}

function touchReply(touch: Touch | null | undefined): ContactReply['touches']['first'] {
  if (!touch) return null;
  const { source, medium, campaign, content, term } = touch.utm;
  return {
    click_id: touch.clickId,
    at: new Date(touch.at).toISOString(),
    slug: touch.slug,
    utm: {
      source: source ?? null,
      medium: medium ?? null,
      campaign: campaign ?? null,
      content: content ?? null,
      term: term ?? null,
    },
  };
}

function conversionReply({
  eventId,
  at,
  conversion,
  state,
  reason,
}: ReadConversion): ContactReply['conversions'][number] {
  const { name, value, currency, link } = conversion;
  return {
    id: eventId,
    at: new Date(at).toISOString(),
    name,
    value,
    currency: currency || null,
    link: link && linkReply(link),
    state,
    reason,
  };
}
