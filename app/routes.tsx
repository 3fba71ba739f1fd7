// The map of addresses: the shell around every place, and what stands there while something loads, is missing or breaks.
import { createBrowserRouter } from 'react-router';
import { places } from './places.ts';
import { BrokenPage, MissingPage } from './shell/BrokenPage.tsx';
import { FirstLoad } from './shell/FirstLoad.tsx';
import { Root } from './shell/Root.tsx';

export const router = createBrowserRouter(
  [
    {
      Component: Root,
      HydrateFallback: FirstLoad,
      ErrorBoundary: BrokenPage,
      children: [
        {
          ErrorBoundary: BrokenPage,
          children: [...places.flatMap(({ routes }) => routes), { path: '*', Component: MissingPage }],
        },
      ],
    },
  ],
  { basename: '/console' },
);
