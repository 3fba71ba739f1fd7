/** The calls the page makes to the sandbox for an extension. The sandbox signs, forwards and reads; the page knows no secret. */
import type { CrmQuestion, ExtensionConfig, FetchAnswer, FetchOptions } from '../protocol.ts';

async function post<T>(path: string, body: object): Promise<T> {
  const reply = await fetch(`/sandbox/preview/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`The sandbox answered ${reply.status}: ${await reply.text()}`);
  return (await reply.json()) as T;
}

const whoAsks = ({ context, network }: ExtensionConfig) => ({
  portalId: context.portal.id,
  userId: context.user.id,
  appId: context.extension.appId,
  network,
});

export async function askFetch(config: ExtensionConfig, url: string, options: FetchOptions): Promise<FetchAnswer> {
  const { method = 'GET', timeout, headers, body } = options;
  try {
    return await post('fetch', { ...whoAsks(config), url, method, timeoutMs: timeout, headers, body });
  } catch (error) {
    return { kind: 'refused', category: 'PREVIEW_ERROR', message: String(error), attempts: 0, ms: 0 };
  }
}

export async function askCrm(
  config: ExtensionConfig,
  question: CrmQuestion,
): Promise<{ data?: unknown; error?: string }> {
  const { portal, crm } = config.context;
  if (crm === undefined) return { error: 'There is no record here: CRM data exists on record pages only.' };
  try {
    return await post('crm', {
      portalId: portal.id,
      typeId: crm.objectTypeId,
      objectId: String(crm.objectId),
      ...question,
    });
  } catch (error) {
    return { error: String(error) };
  }
}
