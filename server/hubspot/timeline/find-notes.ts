// Which of our notes are on their records already, after a send whose answer was lost. Search would lag behind; associations do not.
import { groupBy } from '../../lib/chunk.ts';
import { readAssociations } from '../associations.ts';
import { readObjects } from '../objects.ts';
import type { PortalApi } from '../portal.ts';
import type { TimelineEvent } from './dialect.ts';
import { referenceOf, referenceIn } from './note-body.ts';

const recordTypes = { contact: 'contacts', deal: 'deals' } as const;

/** The keys of the events whose note exists. */
export async function findWritten(portal: PortalApi, events: readonly TimelineEvent[]): Promise<Set<string>> {
  const written = new Set<string>();
  for (const [objectType, ofType] of groupBy(events, (event) => event.objectType)) {
    const ids = ofType.map(({ objectId }) => objectId);
    const { found: notesOf } = await readAssociations(portal, { from: recordTypes[objectType], to: 'notes', ids });
    const noteIds = new Set([...notesOf.values()].flat());
    const { found: notes } = await readObjects(portal, {
      objectType: 'notes',
      keys: noteIds,
      properties: ['hs_note_body'],
    });
    for (const event of ofType) {
      const references = (notesOf.get(event.objectId) ?? []).map((id) =>
        referenceIn(notes.get(id)?.properties['hs_note_body'] ?? ''),
      );
      if (references.includes(referenceOf(event.id))) written.add(event.key);
    }
  }
  return written;
}
