/** HubSpot's three signatures over a request it sends. */
import { createHash, createHmac } from 'node:crypto';

export type SignatureVersion = 'v1' | 'v2' | 'v3';

type Unsigned = { method: string; url: string; body: string; secret: string; now: number };

const DECODED = [':', '/', '?', '@', '!', '$', "'", '(', ')', '*', ',', ';'];

/** The escapes of these characters are undone before v3 is made; no others. */
function undoEscapes(url: string): string {
  return DECODED.reduce((text, character) => {
    const escape = `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
    return text.replaceAll(escape, character).replaceAll(escape.toLowerCase(), character);
  }, url);
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export function signatureHeaders(
  versions: readonly SignatureVersion[],
  { method, url, body, secret, now }: Unsigned,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const version of versions) {
    if (version === 'v3') {
      const source = `${method}${undoEscapes(url)}${body}${now}`;
      headers['X-HubSpot-Request-Timestamp'] = String(now);
      headers['X-HubSpot-Signature-v3'] = createHmac('sha256', secret).update(source).digest('base64');
    } else {
      headers['X-HubSpot-Signature-Version'] = version;
      headers['X-HubSpot-Signature'] = sha256(version === 'v1' ? secret + body : secret + method + url + body);
    }
  }
  return headers;
}
