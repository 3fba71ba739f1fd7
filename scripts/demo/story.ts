// The story that the demo plays, over real HTTP: a webinar, a pricing PDF, one person, two clicks on two days.
import type { DemoEvent, World } from './world.ts';

export const people = { clicker: '501', deal: '701' } as const;
const dayMs = 24 * 3600_000;
/** How much time passes between its clicks. */
export const storyMs = dayMs;

const rule = `name: Pricing readers
trigger:
  link_tag: "sales-collateral"
  contact_window: 30d
  click_threshold: 2
action:
  type: advance_deal_stage
  pipeline: "default"
  from_stage: "appointmentscheduled"
  to_stage: "qualifiedtobuy"
  guard:
    require_associated_contact: true
    deal_amount_min: 5000
`;

export interface StoryResult {
  clicks: number;
  contacts: number;
  contactEvents: number;
  conversions: number;
  dealEvents: number;
  utm: Record<string, string | null>;
  clickCounter: { contact: string | null; deal: string | null };
  /** Where the rule moved the deal. */
  dealStage: string | null;
  /** First-touch analytics are HubSpot's own and must not have changed. */
  firstTouchUnchanged: boolean;
  /** What HubSpot shows as the title of each event on the contact. */
  titles: string[];
  problems: string[];
}

export interface Tell {
  (step: string, detail?: string): void;
}

export async function playStory(world: World, tell: Tell): Promise<StoryResult> {
  const firstTouch = world.contact(people.clicker)['hs_analytics_source'] ?? null;
  tell('Connecting the HubSpot account', 'consent page, code, tokens');
  await world.install();
  const steps = await world.provisioned();
  tell('The account is ready', `${steps} provisioning steps: property group, properties, event types`);

  const link = await world.createLink({
    slug: 'abc123',
    title: 'Q2 pricing PDF',
    destination: 'https://www.example.com/q2-pricing.pdf',
    tags: ['sales-collateral'],
    utm: { source: 'webinar', campaign: 'q2-pricing', medium: 'email' },
  });
  tell('A short link', `${link} -> the pricing PDF`);

  await world.makeRule(rule);
  tell('A rule', 'two clicks on sales collateral within 30 days move the deal to Qualified To Buy');

  await world.click(`${link}?eid=${people.clicker}`);
  await world.delivered(1);
  tell('First click', 'on the timelines of the contact and of the open deal');
  world.advance(dayMs);
  await world.click(`${link}?eid=${people.clicker}`);
  await world.delivered(2);
  tell('A day later, second click', 'access token expired meanwhile and was refreshed');
  await world.ruleFired();
  tell('The rule fired', 'the deal moved on, with the clicks that counted as explanation');
  const utm = utmOf(world);
  await world.convert({
    event: 'conversion.recorded',
    click_id: world.lastClickId(),
    value: 99.0,
    currency: 'EUR',
    utm: { source: 'newsletter', medium: 'email', campaign: 'spring-2026' },
  });
  tell('A conversion', '99 EUR, matched to the contact by its click');
  return judge(world, { firstTouch, utm });
}

/** `utm`: as the two clicks left it, before the conversion brought its own. */
function judge(world: World, { firstTouch, utm }: { firstTouch: string | null; utm: StoryResult['utm'] }): StoryResult {
  const contact = world.contact(people.clicker);
  const deal = world.deal(people.deal);
  const onContact = world.events('contacts', people.clicker).filter(isClick);
  const onDeal = world.events('deals', people.deal).filter(isClick);
  const conversions = world.events('contacts', people.clicker).filter((event) => !isClick(event));
  const result: StoryResult = {
    clicks: world.clicks(),
    contacts: 1,
    contactEvents: onContact.length,
    conversions: conversions.length,
    dealEvents: onDeal.length,
    utm,
    clickCounter: {
      contact: contact['elido_recent_link_clicks'] ?? null,
      deal: deal['elido_recent_link_clicks'] ?? null,
    },
    dealStage: deal['dealstage'] ?? null,
    firstTouchUnchanged: (contact['hs_analytics_source'] ?? null) === firstTouch,
    titles: onContact.map(({ properties }) => `Clicked: ${properties['linkTitle']} (${properties['shortUrl']})`),
    problems: [],
  };
  const expected: [string, unknown, unknown][] = [
    ['events on the contact', result.contactEvents, 2],
    ['events on the deal', result.dealEvents, 2],
    ['conversions on the contact', result.conversions, 1],
    ['value of the conversion', conversions[0]?.properties['value'], '99'],
    ['elido_last_utm_source', utm['source'], 'webinar'],
    ['elido_last_utm_campaign', utm['campaign'], 'q2-pricing'],
    ['elido_last_utm_medium', utm['medium'], 'email'],
    ['click counter of the contact', result.clickCounter.contact, '2'],
    ['click counter of the deal', result.clickCounter.deal, '2'],
    ['different titles', new Set(result.titles).size, 1],
    ['UTM source after the conversion', contact['elido_last_utm_source'], 'newsletter'],
    ['stage of the deal', result.dealStage, 'qualifiedtobuy'],
    ['first touch unchanged', result.firstTouchUnchanged, true],
  ];
  for (const [what, is, should] of expected) {
    if (is !== should) result.problems.push(`${what}: expected ${String(should)}, found ${String(is)}`);
  }
  return result;
}

function isClick({ typeKey }: DemoEvent): boolean {
  return typeKey.endsWith('_click');
}

function utmOf(world: World): StoryResult['utm'] {
  const contact = world.contact(people.clicker);
  return {
    source: contact['elido_last_utm_source'] ?? null,
    campaign: contact['elido_last_utm_campaign'] ?? null,
    medium: contact['elido_last_utm_medium'] ?? null,
  };
}
