// Light, dark, or as the system has it; kept in this browser and applied before the first paint by public/theme.js.
import { useState } from 'react';

export const themes = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

const storageKey = 'elido-theme';

export function useTheme(): [string, (theme: string) => void] {
  const [theme, setTheme] = useState(() => document.documentElement.dataset['theme'] ?? 'system');
  return [
    theme,
    (next) => {
      setTheme(next);
      if (next === 'system') delete document.documentElement.dataset['theme'];
      else document.documentElement.dataset['theme'] = next;
      try {
        if (next === 'system') localStorage.removeItem(storageKey);
        else localStorage.setItem(storageKey, next);
      } catch {
        // Storage is switched off: the choice holds until the page is left.
      }
    },
  ];
}
