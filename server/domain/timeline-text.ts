// What a click looks like on a timeline: the declared properties that HubSpot shows, and the rest in extraData.
// The names match src/app/app-events; a test compares them.
import { timelineEventId, type Delivery } from './delivery.ts';
import type { Click } from './click.ts';

export interface PlannedEvent {
  /** `{delivery id} {target}`: our name for this write. */
  key: string;
  id: string;
  type: 'contact_click' | 'deal_click';
  objectType: 'contact' | 'deal';
  objectId: string;
  at: number;
  title: string;
  properties: Record<string, string>;
  extraData: Record<string, unknown>;
}

export interface Clicker {
  contactId: string;
  name: string;
}

export function eventKey(deliveryIdentity: string, target: string): string {
  return `${deliveryIdentity} ${target}`;
}

export function contactClickEvent(delivery: Pick<Delivery, '_id' | 'click'>, who: Clicker): PlannedEvent {
  return {
    ...commonParts(delivery, 'contact'),
    type: 'contact_click',
    objectType: 'contact',
    objectId: who.contactId,
    properties: shownProperties(delivery.click),
  };
}

export function dealClickEvent(delivery: Pick<Delivery, '_id' | 'click'>, who: Clicker, dealId: string): PlannedEvent {
  return {
    ...commonParts(delivery, `deal:${dealId}`),
    type: 'deal_click',
    objectType: 'deal',
    objectId: dealId,
    properties: { ...shownProperties(delivery.click), contactName: plain(who.name), contactId: who.contactId },
  };
}

function commonParts({ _id, click }: Pick<Delivery, '_id' | 'click'>, target: string) {
  return {
    key: eventKey(_id, target),
    id: timelineEventId(_id, target),
    at: click.at,
    title: `Clicked: ${plain(click.link.title)} (${click.link.shortUrl})`,
    extraData: hiddenData(click),
  };
}

function shownProperties(click: Click): Record<string, string> {
  return {
    linkTitle: plain(click.link.title),
    shortUrl: click.link.shortUrl,
    destination: click.link.destination,
    campaign: orDash(plain(click.utm.campaign ?? '')),
    country: orDash(countryName(click.country)),
    device: orDash(plain(click.device)),
  };
}

function hiddenData(click: Click): Record<string, unknown> {
  return {
    clickId: click.clickId,
    slug: click.link.slug,
    tags: click.link.tags,
    utm: click.utm,
    referrer: plain(click.referrer).slice(0, 500),
    userAgent: plain(click.userAgent).slice(0, 200),
    clickedAt: new Date(click.at).toISOString(),
  };
}

const countryNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** `DE` -> `Germany`; what is no country code stays as it is. */
function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (countryNames.of(code) ?? code) : code;
}

/** A timeline shows a blank after the label otherwise. */
function orDash(text: string): string {
  return text === '' ? '–' : text;
}

/** Control characters have no place on a timeline; emoji do. */
function plain(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}
