// An event as the HTML of a note: headline, lines, and the reference. Every value is escaped; nothing of it can become markup.
import { cleanText, cleanValues } from './clean-text.ts';
import type { TimelineEvent } from './dialect.ts';
import { eventTypes } from './event-types.ts';

const referenceLabel = 'Elido reference:';

/** HubSpot takes 65,536 characters in a note. Values as long as an address may be, or short enough for the worst of escaping. */
const longestBody = 65_000;
const longestValues = [2_048, 400];

export function noteBody(event: TimelineEvent): string {
  const bodies = longestValues.map((longest) => buildBody(event, longest));
  return bodies.find(({ length }) => length <= longestBody) ?? bodies.at(-1) ?? '';
}

function buildBody(event: TimelineEvent, longest: number): string {
  const shorten = (text: string): string => (text.length <= longest ? text : cleanText(`${text.slice(0, longest)}…`));
  const labels = new Map(eventTypes[event.type].tokens.map(({ name, label }) => [name, label]));
  const lines = Object.entries(cleanValues(event.properties)).map(
    ([name, value]) => `${escapeHtml(labels.get(name) ?? name)}: ${escapeHtml(shorten(value))}`,
  );
  return [
    `<p><strong>${escapeHtml(shorten(cleanText(event.title)))}</strong></p>`,
    `<p>${lines.join('<br>')}</p>`,
    `<p>${referenceLabel} ${referenceOf(event.id)}</p>`,
  ].join('');
}

/** The event id in characters that no editor or sanitiser touches. */
export function referenceOf(id: string): string {
  return encodeURIComponent(cleanText(id)).replace(
    /['()*!~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The reference at the end of a note's body, whatever markup HubSpot has put around it; a value that looks like one comes earlier. */
export function referenceIn(body: string): string | null {
  const text = body.replaceAll(/<[^>]*>/g, ' ').replaceAll('&nbsp;', ' ');
  return [...text.matchAll(/Elido reference:\s+([\w.%-]+)/g)].at(-1)?.[1] ?? null;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character).replaceAll('\n', '<br>');
}
