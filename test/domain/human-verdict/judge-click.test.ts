import { expect, test } from 'vitest';
import type { ClickEvidence } from '../../../server/domain/human-verdict/evidence.ts';
import { judgeClick } from '../../../server/domain/human-verdict/judge-click.ts';
import { parseNetworkFile } from '../../../server/domain/human-verdict/network-list.ts';
import { neighbourhoodMs } from '../../../server/domain/human-verdict/options.ts';
import { isCounted } from '../../../server/domain/human-verdict/policy.ts';
import { browserAgent, browserHeaders, noon, phoneAgent, sampleClick } from './sample-click.ts';

const codes = (click: ClickEvidence, neighbours: readonly ClickEvidence[] = []) =>
  judgeClick(click, neighbours).reasons.map(({ code }) => code);
const word = (click: ClickEvidence, neighbours: readonly ClickEvidence[] = []) => judgeClick(click, neighbours).verdict;

test('a browser without anything odd is a person, and the verdict says why', () => {
  expect(judgeClick(sampleClick(), [])).toEqual({
    verdict: 'human',
    confidence: 0.9,
    reasons: [{ code: 'browser_or_app', words: 'A browser or app for people, and nothing odd around the click.' }],
  });
});

test('a click that the browser says a person pressed is surer', () => {
  const pressed = judgeClick(sampleClick({ headers: browserHeaders }), []);
  expect(pressed).toMatchObject({ verdict: 'human', confidence: 0.95 });
});

test.each([
  ['HEAD', { method: 'HEAD' }, 'machine', 'head_request'],
  ['Chrome prefetch', { headers: { ...browserHeaders, secPurpose: 'prefetch;prerender' } }, 'machine', 'prefetch'],
  ['Safari preview', { headers: { ...browserHeaders, purpose: 'preview' } }, 'machine', 'prefetch'],
  ['Firefox prefetch', { headers: { ...browserHeaders, xMoz: 'prefetch' } }, 'machine', 'prefetch'],
  [
    'picture',
    { headers: { ...browserHeaders, secFetchMode: 'no-cors', secFetchDest: 'image' } },
    'machine',
    'not_a_navigation',
  ],
  [
    'script',
    { headers: { ...browserHeaders, secFetchMode: 'cors', secFetchDest: 'empty' } },
    'machine',
    'not_a_navigation',
  ],
  [
    'no language',
    { headers: { ...browserHeaders, secFetchUser: undefined, acceptLanguage: undefined } },
    'unsure',
    'no_language',
  ],
  ['neither language nor page', { headers: { accept: '*/*' } }, 'machine', 'no_language'],
  ['hidden link', { honeypot: true }, 'machine', 'honeypot_link'],
  ['empty agent', { userAgent: '' }, 'machine', 'agent_empty'],
] as const)('%s: %o is %s because of %s', (_, changes, verdict, code) => {
  const click = sampleClick(changes);
  expect(word(click)).toBe(verdict);
  expect(codes(click)[0]).toBe(code);
});

test('a click without kept headers or user agent is not held against it', () => {
  expect(word(sampleClick({ headers: null, userAgent: null, network: null }))).toBe('human');
});

test('Safari on plain http, without Sec-Fetch headers, is a person', () => {
  const { accept, acceptLanguage } = browserHeaders;
  expect(word(sampleClick({ userAgent: phoneAgent, headers: { accept, acceptLanguage } }))).toBe('human');
});

test('three links of one mail within ten seconds from one place are a scanner, two with a pause are a person', () => {
  const mail = ['pricing', 'terms', 'demo'].map((linkId, index) =>
    sampleClick({ clickId: linkId, linkId, at: noon + index * 4_000 }),
  );
  expect(mail.map((click) => codes(click, mail)[0])).toEqual(['burst', 'burst', 'burst']);
  const [first, second] = mail;
  expect([first, second].map((click) => word(click ?? sampleClick(), mail.slice(0, 2)))).toEqual(['human', 'human']);
});

test('three links spread over eleven seconds are no burst', () => {
  const mail = [0, 5_500, 11_000].map((after) =>
    sampleClick({ clickId: `c${after}`, linkId: `l${after}`, at: noon + after }),
  );
  expect(mail.map((click) => word(click, mail))).toEqual(['human', 'human', 'human']);
});

test('one link pressed five times is a person in a hurry', () => {
  const presses = [0, 1, 2, 3, 4].map((index) => sampleClick({ clickId: `c${index}`, at: noon + index * 900 }));
  expect(presses.map((click) => word(click, presses))).toEqual(presses.map(() => 'human'));
});

test('three links from three places are not sure to be a scanner', () => {
  const mail = ['pricing', 'terms', 'demo'].map((linkId, index) =>
    sampleClick({ clickId: linkId, linkId, at: noon + index * 2_000, network: `198.51.${index}.0/24` }),
  );
  expect(mail.map((click) => word(click, mail))).toEqual(['unsure', 'unsure', 'unsure']);
});

test('two links in the same second are unsure', () => {
  const mail = ['pricing', 'terms'].map((linkId, index) =>
    sampleClick({ clickId: linkId, linkId, at: noon + index * 300 }),
  );
  expect(mail.map((click) => word(click, mail))).toEqual(['unsure', 'unsure']);
});

test('other people clicking at the same moment say nothing', () => {
  const crowd = Array.from({ length: 20 }, (_, index) =>
    sampleClick({ clickId: `c${index}`, linkId: `l${index % 5}`, who: `eid:${index}`, at: noon + index * 10 }),
  );
  expect(crowd.map((click) => word(click, crowd))).toEqual(crowd.map(() => 'human'));
});

const twinCases: [string, Partial<ClickEvidence>, Partial<ClickEvidence>, 'first' | 'second'][] = [
  ['alike: the earlier', {}, {}, 'first'],
  ['a phone after a desktop', {}, { userAgent: phoneAgent }, 'first'],
  ['a desktop after a phone', { userAgent: phoneAgent }, {}, 'second'],
  [
    'headers of a person first',
    { headers: browserHeaders },
    { headers: { ...browserHeaders, secFetchUser: undefined } },
    'second',
  ],
  ['the landing page ran for the first', { beacon: true }, {}, 'second'],
  ['the second is a program', {}, { userAgent: 'curl/8.4.0' }, 'second'],
  ['the second is HEAD', {}, { method: 'HEAD' }, 'second'],
];

test.each(twinCases)('of twins, %s is the machine', (_, one, two, machine) => {
  const first = sampleClick({ clickId: 'c1', ...one });
  const second = sampleClick({ clickId: 'c2', at: noon + 12_000, network: '198.51.100.0/24', ...two });
  const [blamed, left] = machine === 'first' ? [first, second] : [second, first];
  expect(word(blamed, [first, second])).toBe('machine');
  expect(word(left, [first, second])).toBe('human');
});

test.each([
  ['16 seconds apart', { at: noon + 16_000 }],
  ['of another person', { who: 'eid:102' }],
  ['of another link', { linkId: 'terms', at: noon + 5_000 }],
  ['in the same network', { network: '203.0.113.0/24' }],
  ['on IPv4 and IPv6 with one agent', { network: '2001:db8:1::/48' }],
])('clicks %s are no twins', (_, changes) => {
  const second = sampleClick({ clickId: 'c2', at: noon + 4_000, network: '198.51.100.0/24', ...changes });
  expect(word(sampleClick(), [second])).toBe('human');
  expect(word(second, [sampleClick()])).toBe('human');
});

test('a source that opened a hidden link is a machine for that person, and for nobody else', () => {
  const trap = sampleClick({ clickId: 'trap', linkId: 'hidden', honeypot: true, at: noon - 30_000 });
  expect(codes(sampleClick(), [trap])[0]).toBe('honeypot_source');
  expect(word(sampleClick({ who: 'eid:102' }), [trap])).toBe('human');
  expect(word(sampleClick({ network: '198.51.100.0/24' }), [trap])).toBe('human');
  expect(word(sampleClick({ at: noon + 60_000 }), [trap])).toBe('human');
});

test('a GET among HEADs of the same source is theirs, whatever browser it names', () => {
  const heads = [1, 2, 3].map((index) => sampleClick({ clickId: `h${index}`, method: 'HEAD', at: noon + index * 500 }));
  expect(codes(sampleClick(), heads)[0]).toBe('head_storm');
  expect(word(sampleClick({ network: '198.51.100.0/24', who: null }), heads)).toBe('human');
});

test('a listed network is a machine, a neighbour of a listed address is unsure, and both are named', () => {
  const { networks } = parseNetworkFile('198.51.100.0/22 # Example Scanner\n203.0.113.9 # One host');
  const judged = (network: string) => judgeClick(sampleClick({ network }), [], { scannerNetworks: networks });
  expect(judged('198.51.101.0/24')).toMatchObject({ verdict: 'machine', reasons: [{ code: 'network_listed' }] });
  expect(judged('198.51.101.0/24').reasons[0]?.words).toContain('Example Scanner');
  expect(judged('203.0.113.0/24')).toMatchObject({ verdict: 'unsure', reasons: [{ code: 'network_overlaps' }] });
  expect(judged('192.0.2.0/24').verdict).toBe('human');
});

test('a prefetched page that was then shown is a person', () => {
  const click = sampleClick({ headers: { ...browserHeaders, secPurpose: 'prefetch' }, beacon: true });
  expect(word(click)).toBe('human');
  expect(codes(click)).toEqual(['beacon', 'pressed_by_a_person', 'prefetch']);
});

test.each([
  ['a browser without a person', { userAgent: browserAgent.replace('Chrome/', 'HeadlessChrome/') }, 'machine'],
  ['a hidden link', { honeypot: true }, 'unsure'],
  ['an agent that only looks like a robot', { userAgent: 'Mozilla/5.0 (compatible; SomethingNewBot/0.3)' }, 'human'],
] as const)('a beacon makes of %s: %s', (_, changes, verdict) => {
  expect(word(sampleClick({ ...changes, beacon: true }))).toBe(verdict);
});

test('the policy of the workspace decides what counts', () => {
  const verdicts = [{ verdict: 'human' }, { verdict: 'unsure' }, { verdict: 'machine' }] as const;
  const counted = (policy?: { countMachines: boolean; countUnsure: boolean }) =>
    verdicts.filter((one) => isCounted(one, policy)).map(({ verdict }) => verdict);
  expect(counted()).toEqual(['human', 'unsure']);
  expect(counted({ countMachines: false, countUnsure: false })).toEqual(['human']);
  expect(counted({ countMachines: true, countUnsure: false })).toEqual(['human', 'machine']);
});

test('the neighbourhood is as wide as the widest rule asks for', () => {
  expect(neighbourhoodMs()).toBe(60_000);
  expect(neighbourhoodMs({ twinMs: 120_000 })).toBe(120_000);
});
