/**
 * Puts on `self` what @hubspot/ui-extensions looks for there. It must run before the bundle does: the SDK captures
 * `hubspot.extend` and `logger` while it is imported.
 */
import * as React from 'react';
import * as RemoteUI from '@remote-ui/react';
import type { ReactElement } from 'react';
import type { CrmQuestion, ExtensionConfig, FetchOptions, HostApi, LogLevel } from '../protocol.ts';
import { makeActions } from './actions.ts';
import { usePageLocation } from './page-location.ts';
import { toResponse } from './to-response.ts';

type ExtensionApi = { context: ExtensionConfig['context']; actions: Record<string, unknown> };
/** The function an extension gives to `hubspot.extend`. */
export type Extend = (api: ExtensionApi & { runServerlessFunction: () => Promise<never> }) => ReactElement;

type Globals = { config: ExtensionConfig; host: HostApi; onExtend: (element: ReactElement) => void };
type HookOptions = { propertiesToFormat?: string[] | 'all' };

const noServerless = () =>
  Promise.reject(new Error('App functions do not exist in marketplace apps. Use hubspot.fetch().'));

function textOf(data: unknown): string {
  if (typeof data === 'string') return data;
  if (data instanceof Error) return `${data.name}: ${data.message}`;
  return JSON.stringify(data) ?? String(data);
}

export function installGlobals({ config, host, onExtend }: Globals): void {
  const { context } = config;
  const actions = makeActions(config, host);
  const api: ExtensionApi = { context, actions };
  const log = (level: LogLevel) => (data: unknown) => host.log(level, textOf(data));
  const crm = async (question: CrmQuestion) => {
    const answer = await host.crm(question);
    return { json: () => Promise.resolve(answer) };
  };
  const format = (options?: HookOptions) => options?.propertiesToFormat ?? [];
  Object.assign(self, {
    React,
    RemoteUI,
    __HUBSPOT_EXTENSION_WORKER__: true,
    logger: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
    hsFetch: async (url: string, options: FetchOptions = {}) => toResponse(await host.fetch(url, options)),
    serverless: noServerless,
    extend_V2: (extend: Extend) => onExtend(extend({ ...api, runServerlessFunction: noServerless })),
    hsWorkerAPI: {
      useExtensionContext: () => context,
      useExtensionActions: () => actions,
      useExtensionApi: () => api,
      useAppPageLocation: usePageLocation,
      fetchCrmProperties: (names: string[], _onUpdate: unknown, options?: HookOptions) =>
        crm({ ask: 'properties', names, format: format(options) }),
      fetchAssociations: (request: Record<string, unknown>, options?: HookOptions) =>
        crm({ ask: 'associations', request, format: format(options) }),
      fetchCrmSearch: (request: Record<string, unknown>, options?: HookOptions) =>
        crm({ ask: 'search', request, format: format(options) }),
      formatCrmProperties: ({ properties }: { properties: unknown }) =>
        Promise.resolve({ json: () => Promise.resolve({ data: properties }) }),
      fetchHubSpotApi: () => Promise.reject(new Error('fetchHubSpotApi is experimental and not in this preview.')),
    },
  });
}
