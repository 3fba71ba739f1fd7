/** Which addresses an app may call: those under `permittedUrls.fetch` of its manifest, over HTTPS, and nothing else. Pure. */

/** The reason of a refusal, or the address to call: the local one when the origin is mapped. */
export function targetOf(
  address: string,
  { permitted, proxy }: { permitted: readonly string[]; proxy: Readonly<Record<string, string>> },
): { target: URL } | { refused: string } {
  const url = toUrl(address);
  if (url === null) return { refused: 'The address must be absolute.' };
  if (url.protocol !== 'https:') return { refused: 'Only HTTPS addresses can be called.' };
  if (url.username !== '' || url.password !== '')
    return { refused: 'The address must not carry a name or a password.' };
  if (!permitted.some((prefix) => isUnder(url, prefix)))
    return { refused: `${url.origin} is not in permittedUrls.fetch of app-hsmeta.json.` };
  const local = proxy[url.origin] ?? proxy[`${url.origin}/`];
  const target = new URL(url);
  target.hash = '';
  if (local !== undefined) {
    const mapped = new URL(local);
    target.protocol = mapped.protocol;
    target.host = mapped.host;
    target.port = mapped.port;
    if (mapped.pathname !== '/') target.pathname = mapped.pathname.replace(/\/$/, '') + url.pathname;
  }
  return { target };
}

function toUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** `https://a.example` permits all of it, `https://a.example/v1` only what lies under /v1. */
function isUnder(url: URL, prefix: string): boolean {
  const permitted = toUrl(prefix);
  if (permitted === null || permitted.origin !== url.origin) return false;
  const folder = permitted.pathname.endsWith('/') ? permitted.pathname : `${permitted.pathname}/`;
  return url.pathname === permitted.pathname || url.pathname.startsWith(folder);
}
