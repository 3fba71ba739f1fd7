// A copy of src/app/cards/shared/names.ts, made by `npm run card-types`: change it there.
// How people, deals, stages and rules are called, also where Elido has not seen their name yet.
import type { CardPerson, CardStage } from './card-api.ts';
import type { Words } from './words.ts';

export function personName(person: CardPerson | null, words: Words): string {
  if (!person) return words.say('somebody');
  return person.name ?? words.say('contactNumber', { id: person.id });
}

export function dealName(deal: { id: string; name: string | null }, words: Words): string {
  return deal.name ?? words.say('dealNumber', { id: deal.id });
}

export function stageName(stage: CardStage): string {
  return stage.name ?? stage.id;
}

/** What a rule counts: a tag or one link. */
export function ruleSubject({ by, value }: { by: 'link_tag' | 'link'; value: string }, words: Words): string {
  return words.say(by === 'link_tag' ? 'ruleTag' : 'ruleLink', { value });
}

/** HubSpot leads on to the address of the data centre by itself. */
export function dealAddress(portalId: number, dealId: string): string {
  return `https://app.hubspot.com/contacts/${portalId}/record/0-3/${dealId}`;
}
