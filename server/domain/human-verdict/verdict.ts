// The verdict on a click, and what each finding weighs in it. What a workspace then does with it is in policy.ts.

export type VerdictWord = 'human' | 'machine' | 'unsure';

export interface VerdictReason {
  code: FindingCode | GoodSign;
  /** For people: what was seen. */
  words: string;
}

export interface Verdict {
  verdict: VerdictWord;
  /** How sure the verdict is, 0 to 1. Of an unsure click: how likely it is a machine. */
  confidence: number;
  /** Never empty; the weightiest first. */
  reasons: VerdictReason[];
}

/** Signs of a person. They weigh by what they take away. */
type GoodSign = 'beacon' | 'pressed_by_a_person' | 'browser_or_app';

/**
 * How much each finding alone speaks for a machine, and how much is left of it once the landing page was touched.
 * That shows a real browser and a hand, so what a person could have caused by accident fades; a program that names itself stays.
 */
export const weights = {
  agent_mail_scanner: { alone: 0.98, withBeacon: 0.98 },
  agent_link_preview: { alone: 0.98, withBeacon: 0.98 },
  agent_office_probe: { alone: 0.95, withBeacon: 0.95 },
  agent_image_proxy: { alone: 0.95, withBeacon: 0.95 },
  agent_crawler: { alone: 0.98, withBeacon: 0.98 },
  agent_library: { alone: 0.97, withBeacon: 0.97 },
  agent_headless: { alone: 0.97, withBeacon: 0.97 },
  agent_monitor: { alone: 0.97, withBeacon: 0.97 },
  agent_bot_like: { alone: 0.9, withBeacon: 0.2 },
  agent_empty: { alone: 0.9, withBeacon: 0.3 },
  agent_impossible: { alone: 0.85, withBeacon: 0.3 },
  head_request: { alone: 0.98, withBeacon: 0.98 },
  head_storm: { alone: 0.9, withBeacon: 0.1 },
  prefetch: { alone: 0.9, withBeacon: 0.02 },
  not_a_navigation: { alone: 0.85, withBeacon: 0.1 },
  no_language: { alone: 0.55, withBeacon: 0.1 },
  no_page_wanted: { alone: 0.55, withBeacon: 0.1 },
  honeypot_link: { alone: 0.99, withBeacon: 0.6 },
  honeypot_source: { alone: 0.95, withBeacon: 0.5 },
  burst: { alone: 0.92, withBeacon: 0.2 },
  burst_mixed_sources: { alone: 0.6, withBeacon: 0.1 },
  two_at_once: { alone: 0.55, withBeacon: 0.1 },
  twin: { alone: 0.85, withBeacon: 0.1 },
  network_listed: { alone: 0.95, withBeacon: 0.3 },
  network_overlaps: { alone: 0.55, withBeacon: 0.1 },
} as const satisfies Record<string, { alone: number; withBeacon: number }>;

export type FindingCode = keyof typeof weights;

export interface Finding {
  code: FindingCode;
  words: string;
}

/** From these doubts on a click is unsure, and a machine's. */
export const unsureFrom = 0.5;
const machineFrom = 0.8;

/** The doubt left about a click in which nothing odd was found. */
const baseDoubt = { plain: 0.1, pressed: 0.05, beacon: 0.02 };

export interface Weighed {
  findings: readonly Finding[];
  beacon: boolean;
  /** The browser says that a person's action started the request. */
  pressed: boolean;
}

/** Findings are taken as independent: two middling ones make a strong one. */
export function weigh({ findings, beacon, pressed }: Weighed): number {
  const start = beacon ? baseDoubt.beacon : pressed ? baseDoubt.pressed : baseDoubt.plain;
  const trust = findings
    .map(({ code }) => (beacon ? weights[code].withBeacon : weights[code].alone))
    // One order of multiplication, whatever the order of finding: the last bit of the product is then the same.
    .sort((a, b) => a - b)
    .reduce((left, doubt) => left * (1 - doubt), 1 - start);
  return 1 - trust;
}

export function verdictOf(doubt: number): Pick<Verdict, 'verdict' | 'confidence'> {
  const verdict = doubt >= machineFrom ? 'machine' : doubt >= unsureFrom ? 'unsure' : 'human';
  const sure = verdict === 'human' ? 1 - doubt : doubt;
  return { verdict, confidence: Math.round(sure * 1_000) / 1_000 };
}

/** One number from 0 (surely a machine) to 1 (surely a person), for sorting and charts. */
export function humanity({ verdict, confidence }: Pick<Verdict, 'verdict' | 'confidence'>): number {
  return verdict === 'human' ? confidence : 1 - confidence;
}
