/** Carries out the actions an extension calls. What HubSpot would refuse is refused here with the reason in the log. */
import { retain } from '@remote-ui/rpc';
import type { ExtensionConfig, LogLevel } from '../protocol.ts';
import { addAlert, openFrame, type FrameInput } from './alerts.tsx';
import type { PageRouter } from './components/page-parts.tsx';
import type { Overlays } from './overlays.tsx';

type Deps = {
  config: ExtensionConfig;
  overlays: Overlays;
  router: PageRouter;
  log: (level: LogLevel, text: string) => void;
};

const isPermitted = (permitted: readonly string[], uri: string): boolean =>
  permitted.some(
    (prefix) =>
      uri === prefix || uri.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`) || uri.startsWith(`${prefix}?`),
  );

/** The record's properties beside the cards are the sandbox's own markup: fetched again and put in place of the old. */
async function refreshRecord(): Promise<void> {
  const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
  for (const part of document.querySelectorAll('[data-refresh]')) {
    const name = part.getAttribute('data-refresh') ?? '';
    const next = fresh.querySelector(`[data-refresh="${CSS.escape(name)}"]`);
    if (next) part.replaceWith(document.importNode(next, true));
  }
}

export async function performAction(
  name: string,
  args: unknown[],
  { config, overlays, router, log }: Deps,
): Promise<void> {
  log('info', `action ${name}(${JSON.stringify(args[0] ?? '').slice(0, 200)})`);
  switch (name) {
    case 'addAlert':
      return addAlert(args[0] as Parameters<typeof addAlert>[0]);
    case 'closeOverlay':
      return overlays.close(String(args[0]));
    case 'copyTextToClipboard':
      return navigator.clipboard.writeText(String(args[0]));
    case 'navigateToPage':
      return router.go(args[0] as Parameters<PageRouter['go']>[0]);
    case 'reloadPage':
      return location.reload();
    case 'refreshObjectProperties':
      return refreshRecord();
    case 'openIframeModal': {
      const [input, onClose] = args as [FrameInput, (() => void)?];
      if (!isPermitted(config.iframeUrls, input.uri)) {
        log('error', `openIframeModal: ${input.uri} is not in permittedUrls.iframe of the app.`);
        return addAlert({
          type: 'danger',
          title: 'Not opened',
          message: 'The app does not permit this address in a frame.',
        });
      }
      if (onClose) retain(onClose);
      return openFrame({ ...input, onClosed: () => onClose?.() });
    }
    default:
      log('error', `There is no action ${name}.`);
      return undefined;
  }
}
