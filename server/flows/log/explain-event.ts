// "Why is this click not on the timeline?": the whole story of one event, per connection; also of one that never arrived.
import type { Delivery } from '../../domain/delivery.ts';
import { answerOf, tellStory, type StoryStep } from '../../domain/log-story.ts';
import { retentionDaysOf } from '../../domain/retention.ts';
import type { Context } from '../context.ts';

export interface Story {
  delivery: Delivery;
  answer: string;
  steps: StoryStep[];
}

export interface Explanation {
  found: boolean;
  answer: string;
  /** What to look at when it never arrived. */
  check: string[];
  stories: Story[];
}

export async function explainEvent(
  { store, config }: Pick<Context, 'store' | 'config'>,
  { workspaceId, eventId }: { workspaceId: string; eventId: string },
): Promise<Explanation> {
  const deliveries = await store.deliveries.listOfEvent({ workspaceId, eventId });
  if (deliveries.length === 0) return neverArrived(retentionDaysOf(await store.workspaces.find(workspaceId), config));
  const stories = deliveries.map((delivery) => ({
    delivery,
    answer: answerOf(delivery),
    steps: tellStory(delivery),
  }));
  const answer = stories
    .map((story) => (stories.length > 1 ? `Portal ${story.delivery.portalId}: ${story.answer}` : story.answer))
    .join(' ');
  return { found: true, answer, check: [], stories };
}

function neverArrived(retentionDays: number): Explanation {
  return {
    found: false,
    answer: 'Never arrived here: this workspace has no event of this id.',
    check: [
      'The id: as you sent it (click_id, conversion_id), or as the receipt named it. Upper and lower case differ.',
      'The receipt: POST /v1/clicks and POST /v1/conversions answer for each row; a row with "rejected" was not kept.',
      'The workspace: the key that sent the event must belong to the workspace that you ask.',
      'The link: a click on another address than our short link does not pass here.',
      'A moment of patience: while the store is away, clicks on our links wait on disk and arrive when it is back.',
      `Age: what is final is forgotten ${retentionDays} days after it arrived.`,
    ],
    stories: [],
  };
}
