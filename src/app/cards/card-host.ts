// What HubSpot tells a card about itself, in the form that the components use.
import { useExtensionActions, useExtensionContext } from '@hubspot/ui-extensions';
import type { Host } from './shared/host.ts';
import { languageOf, makeWords, type Words } from './shared/words.ts';

export interface CardHost extends Host {
  recordId: string;
  words: Words;
  /** Lets HubSpot show the new values of the record after a change. */
  refreshRecord: () => void;
}

/** The origin comes from the profile the project was uploaded with. */
export function useCardHost(): CardHost {
  const { crm, user, variables } = useExtensionContext<'crm.record.tab'>();
  const { addAlert, closeOverlay, refreshObjectProperties } = useExtensionActions<'crm.record.tab'>();
  return {
    recordId: String(crm.objectId),
    words: makeWords(languageOf(user)),
    origin: String(variables?.APP_ORIGIN ?? ''),
    notify: addAlert,
    closeOverlay,
    refreshRecord: refreshObjectProperties,
  };
}
