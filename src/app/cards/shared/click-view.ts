// One click as a row of words: who, which link, when, from where, and whether it is on the timeline. Pure.
import type { CardClick } from './card-api.ts';
import { personName } from './names.ts';
import type { Words } from './words.ts';

export interface ClickRow {
  id: string;
  who: string;
  link: string;
  when: string;
  where: string;
  status: string;
  tone: 'success' | 'warning' | 'danger' | 'default';
}

const tones: Record<CardClick['state'], ClickRow['tone']> = {
  delivered: 'success',
  queued: 'default',
  held: 'default',
  waiting_contact: 'warning',
  blocked_auth: 'warning',
  retrying: 'warning',
  skipped: 'default',
  dead: 'danger',
};

export function clickRow(click: CardClick, now: string, words: Words): ClickRow {
  return {
    id: click.id,
    who: personName(click.contact, words),
    link: click.link.title,
    when: words.ago(click.at, now),
    where: placeOf(click, words),
    status: words.say(`state_${click.state}`),
    tone: stateTone(click.state),
  };
}

/** How the state of an event is coloured. */
export function stateTone(state: CardClick['state']): ClickRow['tone'] {
  return tones[state];
}

const devices = ['mobile', 'tablet', 'desktop'] as const;

function placeOf({ country, device }: CardClick, words: Words): string {
  const known = devices.find((one) => one === device);
  const parts = [country ? words.country(country) : null, known ? words.say(`device_${known}`) : device];
  return parts.filter(Boolean).join(', ') || words.say('unknown');
}
