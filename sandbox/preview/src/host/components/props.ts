/** What component files share: sizes in HubSpot's words, addresses, and how a class list is written. */
import type { ReactNode } from 'react';

/** Every HubSpot component takes these. */
export type Common = { testId?: string; children?: ReactNode };

const sizes: Record<string, string> = {
  'extra-small': 'xs',
  small: 'sm',
  medium: 'md',
  large: 'lg',
  'extra-large': 'xl',
};

/** `small` and `sm` are the same size. */
export function sizeOf(size: string | undefined, fallback: string): string {
  return size === undefined ? fallback : (sizes[size] ?? size);
}

/** Class names without the empty ones; a part may end in `-undefined` when its prop was left out, and is dropped. */
export function classes(...parts: (string | false | null | undefined)[]): string {
  return parts.filter((part) => part && !part.endsWith('-undefined')).join(' ');
}

export type Href = string | { url: string; external?: boolean };

const safe = /^(https?:|mailto:|tel:|\/(?!\/)|#)/i;

/** An address a person may follow, or nothing: never a script. */
export function safeHref(href: Href | undefined): { href: string; target?: string; rel?: string } | null {
  if (href === undefined) return null;
  const { url, external = /^https?:/i.test(url) } = typeof href === 'string' ? { url: href } : href;
  if (!safe.test(url)) return null;
  return external ? { href: url, target: '_blank', rel: 'noopener noreferrer' } : { href: url };
}
