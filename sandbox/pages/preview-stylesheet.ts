/** The stylesheet of extensions, a file per kind of component, joined in the order in which they may overrule each other. */
import { readFileSync } from 'node:fs';

const parts = [
  'colors',
  'switches',
  'place',
  'flow',
  'words',
  'actions',
  'states',
  'accordion-and-tabs',
  'statistics',
  'tables',
  'fields',
  'windows',
  'charts',
  'app-pages',
];

export function readPreviewStylesheet(): string {
  return parts.map((name) => readFileSync(new URL(`./preview/${name}.css`, import.meta.url), 'utf8')).join('\n');
}
