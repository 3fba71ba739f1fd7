// The server's API as a customer's program calls it: JSON, one key, an error for every answer that is not a success.

export interface Api {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
}

export function makeApi(url: string, key: string): Api {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const reply = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status}: ${await reply.text()}`);
    return (await reply.json()) as T;
  }
  return { get: (path) => call('GET', path), post: (path, body) => call('POST', path, body) };
}
