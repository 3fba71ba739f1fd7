// What the request itself says: its method and the headers by which browsers tell why they ask.
import type { ClickEvidence, ClickHeaders } from './evidence.ts';
import { judgeAgent } from './judge-agent.ts';
import type { Finding } from './verdict.ts';

/** Everything found in the click alone, without its neighbours. */
export function judgeRequest(click: ClickEvidence): Finding[] {
  const agent = click.userAgent === null ? null : judgeAgent(click.userAgent);
  const method = judgeMethod(click);
  return [
    ...(agent ? [agent] : []),
    ...(method ? [method] : []),
    ...(click.headers && !method ? judgeHeaders(click.headers) : []),
    ...(click.honeypot ? [honeypotLink] : []),
  ];
}

const honeypotLink: Finding = { code: 'honeypot_link', words: 'The link is hidden: people cannot see it.' };

function judgeMethod({ method }: ClickEvidence): Finding | null {
  if (method !== 'HEAD') return null;
  return { code: 'head_request', words: 'A HEAD request asks about a page without opening it.' };
}

function judgeHeaders(headers: ClickHeaders): Finding[] {
  if (isPrefetch(headers))
    return [{ code: 'prefetch', words: 'A browser or mail client fetched the page ahead, before anyone opened it.' }];
  if (!isNavigation(headers))
    return [
      { code: 'not_a_navigation', words: 'The address was loaded as a part of a page or by a script, not opened.' },
    ];
  return [
    // Every browser for people names its languages.
    ...(headers.acceptLanguage
      ? []
      : [{ code: 'no_language', words: 'The request names no language, as browsers do.' } as const]),
    ...(wantsPage(headers)
      ? []
      : [{ code: 'no_page_wanted', words: 'The request does not ask for a web page.' } as const]),
  ];
}

/** Chrome and Edge: `Sec-Purpose: prefetch;prerender`; Safari and older ones: `Purpose` or `X-Purpose: preview`; Firefox: `X-Moz`. */
export function isPrefetch({ purpose, secPurpose, xMoz }: ClickHeaders): boolean {
  return [purpose, secPurpose, xMoz].some(
    (value) => value !== undefined && /prefetch|prerender|preview|instant/i.test(value),
  );
}

/** Safari before 16.4 and plain http send no Sec-Fetch headers: their absence says nothing. */
function isNavigation({ secFetchMode, secFetchDest }: ClickHeaders): boolean {
  if (secFetchMode !== undefined && secFetchMode !== 'navigate') return false;
  return secFetchDest === undefined || ['document', 'iframe', 'frame'].includes(secFetchDest);
}

function wantsPage({ accept }: ClickHeaders): boolean {
  return accept !== undefined && /text\/html|application\/xhtml/i.test(accept);
}

/** `Sec-Fetch-User: ?1` is sent when a click or a key started the navigation. */
export function isPressed({ headers, method }: Pick<ClickEvidence, 'headers' | 'method'>): boolean {
  return method === 'GET' && headers?.secFetchUser === '?1' && headers.secFetchMode === 'navigate';
}
