// What HubSpot tells the settings page about itself, in the form that its sections use.
import { useExtensionActions, useExtensionContext } from '@hubspot/ui-extensions';
import type { CardSettings, Connection } from './shared/card-api.ts';
import type { Host } from './shared/host.ts';
import { languageOf } from './shared/words.ts';
import { makeSettingsWords, type SettingsWords } from './settings-words.ts';

export interface PageHost extends Host {
  portalId: number;
  words: SettingsWords;
}

/** What every section is handed. */
export interface SectionProps {
  host: PageHost;
  settings: CardSettings;
  selected: Connection;
  /** False: this person may look and not change. */
  mayChange: boolean;
  onSettings: (settings: CardSettings) => void;
}

export function usePageHost(): PageHost {
  const { portal, user, variables } = useExtensionContext<'settings'>();
  const { addAlert, closeOverlay } = useExtensionActions<'settings'>();
  return {
    portalId: portal.id,
    words: makeSettingsWords(languageOf(user)),
    origin: String(variables?.APP_ORIGIN ?? ''),
    notify: addAlert,
    closeOverlay,
  };
}
