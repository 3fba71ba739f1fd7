/** The actions that HubSpot gives to an extension, by where it stands. Each is carried out by the page. */
import type { ExtensionConfig, HostApi } from '../protocol.ts';

const everywhere = [
  'addAlert',
  'closeOverlay',
  'copyTextToClipboard',
  'navigateToPage',
  'openIframeModal',
  'reloadPage',
] as const;

type Properties = Record<string, string>;
type OnUpdate = (properties: Properties, error?: { message: string }) => void;

export function makeActions(config: ExtensionConfig, host: HostApi): Record<string, unknown> {
  const actions: Record<string, unknown> = {};
  for (const name of everywhere) actions[name] = (...args: unknown[]) => host.act(name, args);
  if (config.context.crm === undefined) return actions;

  const watchers: { names: string[] | '*'; onUpdate: OnUpdate }[] = [];
  const read = async (names: string[] | '*'): Promise<Properties> => {
    const { data, error } = await host.crm({ ask: 'properties', names, format: [] });
    if (error !== undefined) throw new Error(error);
    return data as Properties;
  };
  return {
    ...actions,
    fetchCrmObjectProperties: read,
    /** The record page shows its properties anew, and whoever watches them is told. */
    refreshObjectProperties: async () => {
      await host.act('refreshObjectProperties', []);
      for (const { names, onUpdate } of watchers) onUpdate(await read(names));
    },
    onCrmPropertiesUpdate: (names: string[] | '*', onUpdate: OnUpdate) => void watchers.push({ names, onUpdate }),
  };
}
