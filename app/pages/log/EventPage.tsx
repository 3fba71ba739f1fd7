// One event's whole story on one page: from the click to HubSpot's answer, for every connected account. Also for events that never came.
import { useState } from 'react';
import { useParams } from 'react-router';
import type { Delivery } from '../../api/contract.ts';
import { useExplanation } from '../../api/deliveries.ts';
import { useCan } from '../../api/session.ts';
import { Button } from '../../components/Button.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Card, Page } from '../../components/Page.tsx';
import { ErrorState, Loading } from '../../components/States.tsx';
import { ReplayDialog } from './ReplayDialog.tsx';
import { ReplayProgress } from './ReplayProgress.tsx';
import { isReplayable } from './states.ts';
import { StoryCard } from './StoryCard.tsx';

export function EventPage() {
  const { eventId = '' } = useParams();
  const { data: explanation, error, refetch } = useExplanation(eventId);
  const canReplay = useCan('deliveries:write');
  const [isReplaying, setReplaying] = useState(false);
  const [replayId, setReplayId] = useState<string | null>(null);
  const endings = explanation?.connections.filter(({ delivery }) => isReplayable(delivery)) ?? [];
  return (
    <Page
      title={titleOf(eventId, explanation?.connections[0]?.delivery)}
      back={{ to: '/log', label: 'Delivery log' }}
      description={
        <span className="inline-flex flex-wrap items-center gap-1">
          <code className="font-mono text-xs break-all">{eventId}</code>
          <CopyButton text={eventId} what="event id" iconOnly />
        </span>
      }
      actions={
        canReplay &&
        endings.length > 0 && (
          <Button icon="refresh" tone="primary" onClick={() => setReplaying(true)}>
            Send again
          </Button>
        )
      }
    >
      {replayId !== null && <ReplayProgress key={replayId} id={replayId} onClose={() => setReplayId(null)} />}
      {error && <ErrorState error={error} retry={() => void refetch()} />}
      {!explanation && !error && (
        <Card>
          <Loading label="Reading the story" lines={6} />
        </Card>
      )}
      {explanation && !explanation.found && (
        <Card title={explanation.answer}>
          <ul className="list-disc space-y-1.5 pl-5 text-muted">
            {explanation.check.map((hint) => (
              <li key={hint}>{hint}</li>
            ))}
          </ul>
        </Card>
      )}
      <div className="space-y-4">
        {explanation?.connections.map((story) => (
          <StoryCard key={story.delivery.id} story={story} />
        ))}
      </div>
      {isReplaying && (
        <ReplayDialog
          what={{ ids: endings.map(({ delivery }) => delivery.id) }}
          onClose={() => setReplaying(false)}
          onStarted={setReplayId}
        />
      )}
    </Page>
  );
}

/** Most ids say what they name; the story says it of those that a customer chose. */
function titleOf(eventId: string, delivery: Delivery | undefined): string {
  const isConversion = delivery ? delivery.kind === 'conversion' : eventId.startsWith('cnv_');
  if (!delivery?.link) return isConversion ? 'Conversion' : 'Click';
  return isConversion ? `Conversion from ${delivery.link.title}` : `Click on ${delivery.link.title}`;
}
