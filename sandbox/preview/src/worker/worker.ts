/** The worker an extension lives in: no page, no network, one channel to the host. One worker holds one extension. */
import { createEndpoint, retain, type MessageEndpoint } from '@remote-ui/rpc';
import { createRemoteRoot, createRoot } from '@remote-ui/react';
import type { RemoteChannel } from '@remote-ui/core';
import { createElement, type ReactElement } from 'react';
import type { ExtensionConfig, HostApi, WorkerApi } from '../protocol.ts';
import { FailureBoundary } from './failure-boundary.tsx';
import { installGlobals } from './install-globals.ts';
import { movePage } from './page-location.ts';
import { refuseGlobals } from './refuse-globals.ts';

declare const importScripts: (url: string) => void;

const endpoint = createEndpoint<HostApi>(self as unknown as MessageEndpoint);
/** Calls to the page are never awaited for their success: a page that is gone is nobody's error. */
const host: HostApi = {
  fetch: (url, options) => endpoint.call.fetch(url, options),
  crm: (question) => endpoint.call.crm(question),
  act: (name, args) => endpoint.call.act(name, args),
  log: (level, text) => void endpoint.call.log(level, text),
  fail: (problem) => void endpoint.call.fail(problem),
};

function failWith(error: unknown): void {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  host.fail({ message, stack: stack ?? '' });
}

async function run(channel: unknown, config: ExtensionConfig): Promise<void> {
  retain(channel);
  if (config.page) movePage(config.page.path, {});
  let extended = false;
  const onExtend = (element: ReactElement): void => {
    extended = true;
    const root = createRemoteRoot(channel as RemoteChannel, { strict: false });
    createRoot(root).render(createElement(FailureBoundary, { onFailure: host.fail, children: element }));
    void root.mount();
  };
  installGlobals({ config, host, onExtend });
  const load = importScripts;
  refuseGlobals();
  try {
    load(config.script);
    if (!extended) throw new Error('The script never called hubspot.extend(): nothing to show.');
  } catch (error) {
    failWith(error);
  }
}

const api: WorkerApi = { run, ping: () => 'pong', pageMoved: movePage };
endpoint.expose(api);
// What a handler throws does not take the extension down, in HubSpot neither; the author should see it all the same.
self.addEventListener('error', (event) => {
  event.preventDefault();
  host.log('error', `Uncaught ${event.message}`);
});
self.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  const reason: unknown = event.reason;
  host.log('error', `Unhandled rejection: ${reason instanceof Error ? reason.message : String(reason)}`);
});
