// The origin of a page: scheme, host and port, as browsers send it in the Origin header. Pure.

/** The origin as browsers write it, or null when this is none that a page of a customer can have. */
export function parseOrigin(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, hostname, origin, pathname, search, hash, username } = new URL(text);
  const local = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  if (protocol !== 'https:' && !(protocol === 'http:' && local)) return null;
  if (pathname !== '/' || search !== '' || hash !== '' || username !== '' || hostname.includes('*')) return null;
  return origin;
}
