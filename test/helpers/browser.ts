// A browser as far as OAuth needs one: keeps cookies, follows nothing by itself, and can press a button on a consent page.

export interface Visit {
  status: number;
  headers: Headers;
  text: string;
  /** Where the reply sends the browser, complete; null when it sends it nowhere. */
  location: string | null;
}

export interface TestBrowser {
  open(url: string): Promise<Visit>;
  /** As if a page of this address had set it. */
  setCookie(url: string, line: string): void;
  submit(url: string, fields: Record<string, string>): Promise<Visit>;
}

export function makeTestBrowser(): TestBrowser {
  // By origin: the sandbox must never see a cookie of ours.
  const jars = new Map<string, Map<string, string>>();

  async function visit(url: string, init: RequestInit = {}): Promise<Visit> {
    const { origin } = new URL(url);
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: cookie === '' ? {} : { cookie } });
    for (const line of response.headers.getSetCookie()) keepCookie(jar, line);
    const location = response.headers.get('location');
    return {
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      location: location === null ? null : new URL(location, url).href,
    };
  }

  return {
    open: (url) => visit(url),
    setCookie(url, line) {
      const { origin } = new URL(url);
      const jar = jars.get(origin) ?? new Map<string, string>();
      jars.set(origin, jar);
      keepCookie(jar, line);
    },
    submit: (url, fields) => visit(url, { method: 'POST', body: new URLSearchParams(fields) }),
  };
}

function keepCookie(jar: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const at = pair.indexOf('=');
  const expires = attributes.find((attribute) => /^expires=/i.test(attribute))?.slice('expires='.length);
  if (expires !== undefined && Date.parse(expires) <= Date.now()) jar.delete(pair.slice(0, at));
  else jar.set(pair.slice(0, at), pair.slice(at + 1));
}
