// What a user agent says about who sent it. Our own names come first, the general list of isbot last: it knows neither the
// mail scanners nor the apps with a browser inside as well as we must.
import { isbot } from 'isbot';
import { agentKinds } from './agent-names.ts';
import type { Finding } from './verdict.ts';

// Names are compared in lower case: twice as fast as a pattern that ignores case.
const lowerCase = (patterns: readonly string[]) => new RegExp(patterns.join('|').toLowerCase());
const kinds = agentKinds.map(({ code, words, patterns }) => ({ code, words, pattern: lowerCase(patterns) }));
const anyKind = lowerCase(agentKinds.flatMap(({ patterns }) => patterns));

/** Apps that show pages in a browser of their own: people, even where a general list doubts them. */
const inApp = new RegExp(
  [
    'FBAN/|FBAV/|FB_IAB|Instagram \\d|Barcelona \\d|LinkedInApp|\\bGSA/|\\bLine/\\d|MicroMessenger|WeChat|QQ/\\d',
    '\\[Pinterest/|Pinterest for|Snapchat[/ ]|musical_ly|BytedanceWebview|trill_|Twitter for |TwitterAndroid',
    'KAKAOTALK|NAVER\\(|Telegram-Android|Reddit/|Slack_SSB|Slack/\\d|Teams/\\d|TeamsMobile|discord/\\d|SkypeApp',
    'Outlook-(?:iOS|Android)|Gmail|YahooMobile|YJApp|Ddg/\\d|Cubot|CUBOT|Safari/[\\d.]+ Viber|HubSpot(?:Mobile|/\\d)',
  ].join('|'),
);

/** Apple's and some providers' privacy proxies send nothing but this. */
const bareMozilla = /^Mozilla\/5\.0$/;

/** No browser ever sent these. */
const impossible: { pattern: RegExp; words: string }[] = [
  { pattern: /^["']|^User-Agent:/i, words: 'The user agent carries its own header name or quotes' },
  { pattern: /\{\{|\}\}|\$\{|<%|%%|\*\|/, words: 'The user agent is a template that was not filled in' },
  {
    pattern: /^(?:undefined|null|none|test|unknown|n\/a|-|mozilla|chrome|safari|firefox|browser)$/i,
    words: 'The user agent is a bare word',
  },
  {
    pattern: /^[^;]*(?:iPhone|iPad|Macintosh);.*Windows NT|^[^;]*Windows NT .*(?:iPhone|iPad|Macintosh);/,
    words: 'The user agent names two systems at once',
  },
  {
    pattern: /Chrome\/(?:[3-9]\d{2}|\d{4,})\.|Firefox\/(?:[3-9]\d{2}|\d{4,})\./,
    words: 'The user agent names a browser version that does not exist',
  },
  {
    pattern: /MSIE [2-6]\.\d[^)]*Windows NT (?:6\.[1-9]|10)|Windows NT (?:1[1-9]|[2-9]\d)\./,
    words: 'The user agent names a browser that never ran on that system',
  },
  {
    pattern: /^Mozilla\/[1-4]\.0$|^Mozilla\/5\.0 ?\((?:compatible|Windows|X11|Macintosh);?\)$/,
    words: 'The user agent stops after its first words',
  },
];

const longestUserAgent = 2_000;

/** Null when nothing speaks against a browser or an app for people. */
export function judgeAgent(given: string): Finding | null {
  const userAgent = given.trim().slice(0, longestUserAgent);
  if (userAgent === '') return { code: 'agent_empty', words: 'The request names no browser.' };
  if (bareMozilla.test(userAgent))
    return {
      code: 'agent_image_proxy',
      words: 'A bare "Mozilla/5.0": the picture proxy of Apple Mail and others, not a browser.',
    };
  const lower = userAgent.toLowerCase();
  if (anyKind.test(lower)) return named(userAgent, lower);
  for (const { pattern, words } of impossible)
    if (pattern.test(userAgent)) return { code: 'agent_impossible', words: `${words}.` };
  if (inApp.test(userAgent)) return null;
  if (isbot(userAgent)) return { code: 'agent_bot_like', words: 'The user agent looks like that of a robot.' };
  return null;
}

function named(userAgent: string, lower: string): Finding | null {
  for (const { code, words, pattern } of kinds) {
    const found = pattern.exec(lower);
    if (!found) continue;
    const name = userAgent.slice(found.index, found.index + found[0].length).trim();
    return { code, words: `${words} ("${name}").` };
  }
  return null;
}

const mobile = /iPhone|iPad|Android|Mobile/;

/** For telling twins apart: mail scanners seldom pretend to be a phone. */
export function looksMobile(userAgent: string): boolean {
  return mobile.test(userAgent);
}
