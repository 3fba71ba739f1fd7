/** How a reader looks at the extensions: as whom, in which language, in which light, over which network. All of it is in the address. */
import * as z from 'zod';
import type { Portal } from '../state/portal.ts';

export const languages = { en: 'English', de: 'Deutsch', fr: 'Français' } as const;
export const themes = { auto: 'As the system', light: 'Light', dark: 'Dark' } as const;
export const networks = {
  ok: 'Normal',
  slow: 'Slow (3 s)',
  error: 'Server error (500)',
  offline: 'Not reachable',
} as const;

const keysOf = <T extends Record<string, string>>(words: T) => Object.keys(words) as [keyof T & string];

const viewSchema = z.object({
  as: z.coerce.number().int().catch(0),
  lang: z.enum(keysOf(languages)).catch('en'),
  theme: z.enum(keysOf(themes)).catch('auto'),
  network: z.enum(keysOf(networks)).catch('ok'),
  tab: z.enum(['activity', 'cards']).catch('activity'),
});

export type View = z.infer<typeof viewSchema>;
export const networkSchema = viewSchema.shape.network;

export function readView(query: unknown): View {
  return viewSchema.parse(query);
}

/** The query that brings this view back; what is as usual is left out. */
export function viewQuery(view: View): string {
  const usual: View = viewSchema.parse({});
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(view)) {
    if (value !== usual[name as keyof View]) query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

export type Viewer = { userId: number; email: string; firstName: string; lastName: string; superAdmin: boolean };

/** Who can be looked at the account as: its users, then the owners of records who are no users yet. They sell, they do not administer. */
export function viewersOf(portal: Portal): Viewer[] {
  const known = new Set(portal.users.map(({ userId }) => userId));
  const owners = portal.owners.filter(({ userId, archived }) => !archived && !known.has(userId));
  return [
    ...portal.users.map((user, index) => ({ ...user, superAdmin: user.superAdmin ?? index === 0 })),
    ...owners.map(({ userId, email, firstName, lastName }) => ({
      userId,
      email,
      firstName,
      lastName,
      superAdmin: false,
    })),
  ];
}

/** The viewer the address names, or the account's first user. */
export function viewerOf(portal: Portal, view: View): Viewer | undefined {
  const viewers = viewersOf(portal);
  return viewers.find(({ userId }) => userId === view.as) ?? viewers[0];
}
