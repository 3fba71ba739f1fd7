// Shows the HTML of a note body (`hs_note_body`) the way HubSpot does: a few text elements and web links survive,
// everything else is shown as the text it is.
import { escapeHtml, trustedHtml, type Html } from './html.ts';

const kept = new Set(['p', 'strong', 'b', 'em', 'i', 'u', 'ul', 'ol', 'li']);
const references: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0' };

/** Elements are closed in the order they were opened, so a broken body cannot swallow the page. */
export function renderNoteBody(body: string): Html {
  const open: string[] = [];
  let shown = '';
  for (const part of body.split(/(<[^<>]*>)/)) shown += part.startsWith('<') ? showTag(part, open) : showText(part);
  return trustedHtml(
    shown +
      open
        .reverse()
        .map((name) => `</${name}>`)
        .join(''),
  );
}

function showTag(tag: string, open: string[]): string {
  if (/^<br\s*\/?>$/i.test(tag)) return '<br>';
  const name = /^<\/?([a-z]+)[\s>]/i.exec(tag)?.[1]?.toLowerCase() ?? '';
  if (tag.startsWith('</')) return kept.has(name) || name === 'a' ? closeTag(name, open) : escapeHtml(tag);
  if (kept.has(name)) return openTag(name, open);
  const href = name === 'a' ? /\shref="(https?:\/\/[^"]*)"/i.exec(tag)?.[1] : undefined;
  return href === undefined ? escapeHtml(tag) : openTag('a', open, href);
}

function openTag(name: string, open: string[], href?: string): string {
  open.push(name);
  if (href === undefined) return `<${name}>`;
  return `<a href="${escapeHtml(decodeReferences(href))}" rel="noopener noreferrer nofollow">`;
}

function closeTag(name: string, open: string[]): string {
  const at = open.lastIndexOf(name);
  if (at === -1) return '';
  return open
    .splice(at)
    .reverse()
    .map((each) => `</${each}>`)
    .join('');
}

function showText(text: string): string {
  return escapeHtml(decodeReferences(text));
}

function decodeReferences(text: string): string {
  return text.replaceAll(
    /&(?:#(\d{1,6})|([a-z]+));/gi,
    (reference, code: string | undefined, name: string | undefined) =>
      code === undefined ? (references[name?.toLowerCase() ?? ''] ?? reference) : String.fromCodePoint(Number(code)),
  );
}
