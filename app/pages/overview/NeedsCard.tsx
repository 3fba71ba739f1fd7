// What needs a person, the most urgent first, each with the way to it. Says so when there is nothing.
import { Link } from 'react-router';
import { Badge, type Tone } from '../../components/Badge.tsx';
import { Icon, type IconName } from '../../components/Icon.tsx';
import { Skeleton } from '../../components/States.tsx';
import type { Need } from '../../api/contract.ts';

const looks: Record<Need['urgency'], { icon: IconName; tone: Tone; words: string; circle: string }> = {
  now: { icon: 'warn', tone: 'bad', words: 'Now', circle: 'bg-bad-soft text-bad' },
  soon: { icon: 'clock', tone: 'warn', words: 'Soon', circle: 'bg-warn-soft text-warn' },
  hint: { icon: 'info', tone: 'info', words: 'Hint', circle: 'bg-info-soft text-info' },
};

export function NeedsCard({ needs }: { needs: readonly Need[] | undefined }) {
  return (
    <section className="card overflow-clip" aria-label="What needs you" aria-busy={needs === undefined}>
      {needs === undefined ? (
        <div className="flex min-h-15 items-center gap-3 px-4 sm:px-5">
          <Skeleton className="size-8 rounded-full" />
          <Skeleton className="h-4 w-64" />
        </div>
      ) : needs.length === 0 ? (
        <p className="flex min-h-15 items-center gap-3 px-4 sm:px-5">
          <span className="grid size-8 place-items-center rounded-full bg-good-soft text-good">
            <Icon name="check" />
          </span>
          <span>
            <span className="font-medium">Nothing needs you.</span>{' '}
            <span className="text-muted">Clicks are written as they come.</span>
          </span>
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {needs.map((need) => (
            <li key={`${need.code} ${need.where}`}>
              <NeedRow need={need} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function NeedRow({ need }: { need: Need }) {
  const { icon, tone, words, circle } = looks[need.urgency];
  return (
    <Link to={need.where} className="flex min-h-15 items-center gap-3 px-4 py-3 hover:bg-sunken/60 sm:px-5">
      <span className={`grid size-8 shrink-0 place-items-center rounded-full ${circle}`}>
        <Icon name={icon} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-center gap-x-2 font-medium">
          {need.words} <Badge tone={tone}>{words}</Badge>
        </span>
        <span className="text-muted">{need.next}</span>
      </span>
      <Icon name="arrow" size={16} className="text-muted" />
    </Link>
  );
}
