// The places of the console, in the order of the navigation. A page that is not listed here does not exist; see README.md for how to add one.
import type { RouteObject } from 'react-router';
import { connectionsAhead, linksAhead, logAhead, overviewAhead } from './api/ahead.ts';
import type { IconName } from './components/Icon.tsx';
import type { ApiScope } from './api/contract.ts';

export interface Place {
  /** Below /console; the first part of the address. */
  path: string;
  label: string;
  icon: IconName;
  /** Hidden from people whose role lacks it. */
  scope: ApiScope;
  /** Its pages, in a script of their own that is loaded when somebody goes there. */
  routes: RouteObject[];
}

/** Loaders only hurry: what is shown is kept fresh by live events. */
const never = () => false;

export const places: readonly Place[] = [
  {
    path: '/',
    label: 'Overview',
    icon: 'overview',
    scope: 'workspace:read',
    routes: [
      {
        index: true,
        loader: overviewAhead,
        shouldRevalidate: never,
        lazy: async () => ({ Component: (await import('./pages/overview/OverviewPage.tsx')).OverviewPage }),
      },
    ],
  },
  {
    path: '/links',
    label: 'Links',
    icon: 'link',
    scope: 'links:read',
    routes: [
      {
        path: 'links',
        loader: linksAhead,
        shouldRevalidate: never,
        lazy: async () => ({ Component: (await import('./pages/links/LinksPage.tsx')).LinksPage }),
        children: [
          {
            path: 'new',
            lazy: async () => ({ Component: (await import('./pages/links/NewLinkDialog.tsx')).NewLinkDialog }),
          },
          {
            path: 'import',
            lazy: async () => ({ Component: (await import('./pages/links/ImportDialog.tsx')).ImportDialog }),
          },
          {
            path: ':linkId',
            lazy: async () => ({ Component: (await import('./pages/links/EditLinkDialog.tsx')).EditLinkDialog }),
          },
          {
            path: ':linkId/qr',
            lazy: async () => ({ Component: (await import('./pages/links/QrDialog.tsx')).QrDialog }),
          },
        ],
      },
    ],
  },
  {
    path: '/connections',
    label: 'Connections',
    icon: 'plug',
    scope: 'connections:read',
    routes: [
      {
        path: 'connections',
        loader: connectionsAhead,
        shouldRevalidate: never,
        lazy: async () => ({ Component: (await import('./pages/connections/ConnectionsPage.tsx')).ConnectionsPage }),
      },
      {
        path: 'connections/:connectionId',
        loader: connectionsAhead,
        shouldRevalidate: never,
        lazy: async () => ({ Component: (await import('./pages/connections/ConnectionPage.tsx')).ConnectionPage }),
      },
    ],
  },
  {
    path: '/mapping',
    label: 'Field mapping',
    icon: 'map',
    scope: 'connections:read',
    routes: [
      {
        path: 'mapping/:connectionId?',
        loader: connectionsAhead,
        shouldRevalidate: never,
        lazy: async () => ({ Component: (await import('./pages/mapping/MappingPage.tsx')).MappingPage }),
      },
    ],
  },
  {
    path: '/rules',
    label: 'Rules',
    icon: 'rules',
    scope: 'rules:read',
    routes: [
      {
        path: 'rules',
        lazy: async () => ({ Component: (await import('./pages/rules/RulesPage.tsx')).RulesPage }),
      },
      {
        path: 'rules/new',
        lazy: async () => ({ Component: (await import('./pages/rules/NewRulePage.tsx')).NewRulePage }),
      },
      {
        path: 'rules/:ruleId',
        lazy: async () => ({ Component: (await import('./pages/rules/RulePage.tsx')).RulePage }),
      },
    ],
  },
  {
    path: '/log',
    label: 'Delivery log',
    icon: 'log',
    scope: 'deliveries:read',
    routes: [
      {
        path: 'log',
        loader: logAhead,
        shouldRevalidate: never,
        lazy: async () => ({ Component: (await import('./pages/log/LogPage.tsx')).LogPage }),
      },
      {
        path: 'log/:eventId',
        lazy: async () => ({ Component: (await import('./pages/log/EventPage.tsx')).EventPage }),
      },
    ],
  },
  {
    path: '/settings',
    label: 'Settings',
    icon: 'settings',
    scope: 'workspace:read',
    routes: [
      {
        path: 'settings',
        lazy: async () => ({ Component: (await import('./pages/settings/SettingsPage.tsx')).SettingsPage }),
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import('./pages/settings/FirstPart.tsx')).FirstPart }),
          },
          {
            path: 'workspace',
            lazy: async () => ({ Component: (await import('./pages/settings/WorkspacePart.tsx')).WorkspacePart }),
          },
          { path: 'keys', lazy: async () => ({ Component: (await import('./pages/settings/KeysPart.tsx')).KeysPart }) },
          {
            path: 'snippet',
            lazy: async () => ({ Component: (await import('./pages/settings/SnippetPart.tsx')).SnippetPart }),
          },
          {
            path: 'members',
            lazy: async () => ({ Component: (await import('./pages/settings/MembersPart.tsx')).MembersPart }),
          },
          {
            path: 'sessions',
            lazy: async () => ({ Component: (await import('./pages/settings/SessionsPart.tsx')).SessionsPart }),
          },
          {
            path: 'audit',
            lazy: async () => ({ Component: (await import('./pages/settings/AuditPart.tsx')).AuditPart }),
          },
        ],
      },
    ],
  },
];
