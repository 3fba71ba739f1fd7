// The story of one event on its way to one account: the answer first, then step by step, and the facts beside it.
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useConnections } from '../../api/connections.ts';
import type { Delivery, Story } from '../../api/contract.ts';
import { useRecordNames } from '../../api/record-names.ts';
import { Badge } from '../../components/Badge.tsx';
import { Icon, type IconName } from '../../components/Icon.tsx';
import { Card } from '../../components/Page.tsx';
import { sayMoments } from '../../components/say.ts';
import { Until, When } from '../../components/When.tsx';
import { nameOf } from '../connections/names.ts';
import { stateWords } from './states.ts';

type Step = Story['steps'][number];

const marks: Record<Step['state'], { icon: IconName; look: string; words: string }> = {
  done: { icon: 'check', look: 'bg-good-soft text-good', words: 'Done' },
  waiting: { icon: 'clock', look: 'bg-warn-soft text-warn', words: 'Waiting' },
  stopped: { icon: 'close', look: 'bg-bad-soft text-bad', words: 'Stopped' },
};

export function StoryCard({ story: { delivery, answer, steps } }: { story: Story }) {
  const { label, tone } = stateWords[delivery.state];
  const say = useWords(delivery);
  const connection = useConnections().data?.find(({ id }) => id === delivery.connection_id);
  return (
    <Card
      title={titleOf(delivery, connection && nameOf(connection))}
      description={say(answer)}
      actions={
        <Badge tone={tone} dot>
          {label}
        </Badge>
      }
    >
      <div className="grid gap-x-8 gap-y-5 lg:grid-cols-[1fr_18rem]">
        <ol className="space-y-3.5">
          {steps.map((step) => (
            <StepRow key={step.code} step={{ ...step, words: say(step.words) }} />
          ))}
        </ol>
        <Facts delivery={delivery} />
      </div>
    </Card>
  );
}

const recordInWords = /\b(contact|deal) (\d+)\b/g;

/** The server tells its story with ids and UTC: here with the names of contact and deals, and times as people here write them. */
function useWords({
  connection_id: connectionId,
  contact_id: contactId,
  deal_ids: dealIds,
}: Delivery): (words: string) => string {
  const names = useRecordNames([{ connectionId, contactIds: [contactId], dealIds }]);
  const named = (words: string, kind: string, id: string) => {
    const name = kind === 'deal' ? names.deal(connectionId, id) : names.contact(connectionId, id);
    return name.toLowerCase() === words ? words : name;
  };
  return (words) => sayMoments(words.replaceAll(recordInWords, named));
}

function titleOf({ portal_id: portalId }: Delivery, name: string | undefined): string {
  return portalId === null ? 'Not sent to any account' : (name ?? `HubSpot account ${portalId}`);
}

function StepRow({ step: { state, words, at } }: { step: Step }) {
  const mark = marks[state];
  return (
    <li className="flex gap-3">
      <span className={`mt-0.5 grid size-6 shrink-0 place-items-center rounded-full ${mark.look}`}>
        <Icon name={mark.icon} size={14} />
        <span className="sr-only">{mark.words}:</span>
      </span>
      <div className="min-w-0">
        <p className="break-words">{words}</p>
        {at !== null && (
          <p className="text-xs text-muted">{state === 'waiting' ? <Until at={at} /> : <When at={at} />}</p>
        )}
      </div>
    </li>
  );
}

function Facts({ delivery }: { delivery: Delivery }) {
  const { link, contact_id: contactId, deal_ids: dealIds, attempts, detail, reason } = delivery;
  const { connection_id: connectionId } = delivery;
  const names = useRecordNames([{ connectionId, contactIds: [contactId], dealIds }]);
  return (
    <dl className="space-y-2.5 text-[0.8125rem] lg:border-l lg:border-line lg:pl-6">
      {link && (
        <Fact name="Link">
          <Link className="link" to={{ pathname: '/log', search: `link=${encodeURIComponent(link.slug)}` }}>
            {link.title}
          </Link>
        </Fact>
      )}
      <Fact name="Contact">
        {contactId === null ? (
          'not known'
        ) : (
          <Link className="link" to={{ pathname: '/log', search: `contact_id=${contactId}` }}>
            {names.contact(connectionId, contactId)}
          </Link>
        )}
      </Fact>
      {dealIds.length > 0 && <Fact name="Deals">{dealIds.map((id) => names.deal(connectionId, id)).join(', ')}</Fact>}
      <Fact name="Happened">
        <When at={delivery.occurred_at} />
      </Fact>
      <Fact name="Arrived">
        <When at={delivery.received_at} />
      </Fact>
      <Fact name="Attempts">{attempts}</Fact>
      {reason && <Fact name="Reason">{reason.code}</Fact>}
      {detail !== null && <Fact name="HubSpot said">{detail}</Fact>}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}
