// Before the first click: the three steps to it, which of them are done, and what happens then.
import { ButtonLink } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Card } from '../../components/Page.tsx';
import type { Overview } from '../../api/contract.ts';

export function FirstSteps({ overview: { needs, portals } }: { overview: Overview }) {
  const isMissing = (code: string) => needs.some((need) => need.code === code);
  const isConnected = portals.some(({ state }) => state === 'active') && !isMissing('connect_hubspot');
  const hasLink = !isMissing('make_first_link');
  const steps = [
    {
      title: 'Connect your HubSpot account',
      words:
        'You accept the rights in HubSpot; we prepare the properties and event types. It takes less than a minute.',
      isDone: isConnected,
      action: { to: '/connections', label: 'Connect' },
    },
    {
      title: 'Make a short link',
      words: 'Give it a title that an account executive understands: it is what the timeline shows.',
      isDone: hasLink,
      action: { to: '/links/new', label: 'Make a link' },
    },
    {
      title: 'Send it to somebody you know',
      words:
        'Add ?eid= and the id of the HubSpot contact to the link in your mail. The click is on the timeline within seconds.',
      isDone: false,
      action: { to: '/links', label: 'See the links' },
    },
  ];
  const current = steps.findIndex(({ isDone }) => !isDone);
  return (
    <Card title="Three steps to the first click on a timeline">
      <ol className="grid gap-3 md:grid-cols-3">
        {steps.map(({ title, words, isDone, action }, index) => (
          <li
            key={title}
            className={`flex flex-col rounded-lg border p-4 ${index === current ? 'border-accent bg-accent-soft/50' : 'border-line'}`}
          >
            <p className="flex items-center gap-2.5 font-medium">
              <span
                aria-hidden="true"
                className={`grid size-6 shrink-0 place-items-center rounded-full text-xs font-semibold ${isDone ? 'bg-good-soft text-good' : 'bg-sunken text-muted ring-1 ring-line ring-inset'}`}
              >
                {isDone ? <Icon name="check" size={14} /> : index + 1}
              </span>
              {title}
              {isDone && <span className="sr-only">(done)</span>}
            </p>
            <p className="mt-1.5 flex-1 text-muted">{words}</p>
            {!isDone && (
              <div className="mt-3">
                <ButtonLink to={action.to} size="small" tone={index === current ? 'primary' : 'plain'}>
                  {action.label}
                </ButtonLink>
              </div>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}
