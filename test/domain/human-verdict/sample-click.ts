// A click of a person in a browser, for tests to change one thing in.
import type { ClickEvidence, ClickHeaders } from '../../../server/domain/human-verdict/evidence.ts';

export const browserAgent =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';

export const phoneAgent =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

export const browserHeaders: ClickHeaders = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  acceptLanguage: 'en-GB,en;q=0.9',
  secFetchMode: 'navigate',
  secFetchDest: 'document',
  secFetchSite: 'none',
  secFetchUser: '?1',
};

export const noon = Date.UTC(2026, 3, 14, 12);

export function sampleClick(changes: Partial<ClickEvidence> = {}): ClickEvidence {
  return {
    clickId: 'c1',
    at: noon,
    method: 'GET',
    userAgent: browserAgent,
    linkId: 'pricing',
    who: 'eid:101',
    headers: null,
    network: '203.0.113.0/24',
    country: 'GB',
    beacon: false,
    honeypot: false,
    ...changes,
  };
}
