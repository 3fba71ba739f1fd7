/** The stylesheets of the pages: a file per subject, joined in the order in which they may overrule each other. No fonts or images from elsewhere. */
import { readFileSync } from 'node:fs';

const ofPages = ['colors', 'words', 'frame', 'blocks', 'record', 'consent', 'windows'];

/** A file per kind of component of extensions. */
const ofPreview = [
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

export const readPagesStylesheet = () => join('styles', ofPages);
export const readPreviewStylesheet = () => join('preview', ofPreview);

function join(folder: string, names: readonly string[]): string {
  return names.map((name) => readFileSync(new URL(`./${folder}/${name}.css`, import.meta.url), 'utf8')).join('\n');
}
