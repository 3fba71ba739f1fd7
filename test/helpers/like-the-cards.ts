// The tests of what HubSpot renders live outside src/, because src/ is uploaded as it is. This lets them, and all of src/app, find one React 18
// and one SDK: those of the cards.
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const places = [`${root}test/project/ui/`, `${root}src/app/`];
const shared = /^(react|@hubspot\/ui-extensions)(\/|$)/;

export const likeTheCards: Plugin = {
  name: 'like-the-cards',
  enforce: 'pre',
  async resolveId(source, importer) {
    if (!importer || !shared.test(source) || !places.some((place) => importer.startsWith(place))) return null;
    return this.resolve(source, `${root}src/app/cards/DealCard.tsx`, { skipSelf: true });
  },
};
