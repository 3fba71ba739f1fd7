// What a click looks like on a timeline: the declared properties that HubSpot shows, and the rest in extraData.
// The names match src/app/app-events; a test compares them.
import type { Click } from './click.ts';
import type { Conversion } from './conversion.ts';
import { timelineEventId, type Delivery } from './delivery.ts';
import type { TrackedEvent } from './event.ts';

export interface PlannedEvent {
  /** `{delivery id} {target}`: our name for this write. */
  key: string;
  id: string;
  type: `${'contact' | 'deal'}_${TrackedEvent['kind']}`;
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

/** The event on the contact's own timeline. */
export function contactEvent(delivery: Pick<Delivery, '_id'> & TrackedEvent, who: Clicker): PlannedEvent {
  return {
    ...commonParts(delivery, 'contact'),
    type: `contact_${delivery.kind}`,
    objectType: 'contact',
    objectId: who.contactId,
    properties: shownOf(delivery),
  };
}

/** The same on a deal of the contact: there it also says who it was. */
export function dealEvent(delivery: Pick<Delivery, '_id'> & TrackedEvent, who: Clicker, dealId: string): PlannedEvent {
  return {
    ...commonParts(delivery, `deal:${dealId}`),
    type: `deal_${delivery.kind}`,
    objectType: 'deal',
    objectId: dealId,
    properties: { ...shownOf(delivery), contactName: plain(who.name), contactId: who.contactId },
  };
}

function commonParts(delivery: Pick<Delivery, '_id'> & TrackedEvent, target: string) {
  const key = eventKey(delivery._id, target);
  const id = timelineEventId(delivery._id, target);
  if (delivery.kind === 'click') {
    const { click } = delivery;
    const title = `Clicked: ${plain(click.link.title)} (${click.link.shortUrl})`;
    return { key, id, at: click.at, title, extraData: hiddenData(click) };
  }
  const { conversion } = delivery;
  const title = `Converted: ${plain(conversion.name)}`;
  return { key, id, at: conversion.at, title, extraData: hiddenConversionData(conversion) };
}

function shownOf(event: TrackedEvent): Record<string, string> {
  return event.kind === 'click' ? shownProperties(event.click) : shownConversion(event.conversion);
}

function shownConversion({ name, value, currency, utm, link }: Conversion): Record<string, string> {
  return {
    conversionName: plain(name),
    ...(value === null ? {} : { value: String(value) }),
    currency: orDash(currency),
    campaign: orDash(plain(utm.campaign ?? '')),
    source: orDash(plain(utm.source ?? '')),
    medium: orDash(plain(utm.medium ?? '')),
    linkTitle: orDash(plain(link?.title ?? '')),
    shortUrl: orDash(link?.shortUrl ?? ''),
  };
}

function hiddenConversionData({ conversionId, clickId, utm, at }: Conversion): Record<string, unknown> {
  return { conversionId, clickId, utm, convertedAt: new Date(at).toISOString() };
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
