// Says that events came which the list does not show yet. They are not pushed in: rows must not move under somebody's finger.
import { useState } from 'react';
import type { Delivery } from '../../api/contract.ts';
import { useLive } from '../../api/live.tsx';
import { plural } from '../../components/say.ts';
import { belongs, type LogFilter } from './log-filter.ts';

interface NewerRowsProps {
  filter: LogFilter;
  shown: readonly Delivery[] | undefined;
  onShow: () => void;
}

export function NewerRows({ filter, shown, onShow }: NewerRowsProps) {
  const [came, setCame] = useState<ReadonlySet<string>>(new Set());
  useLive('delivery', (delivery) => {
    if (belongs(filter, delivery))
      setCame((known) => (known.has(delivery.id) ? known : new Set([...known, delivery.id])));
  });
  const newer = [...came].filter((id) => !(shown ?? []).some((row) => row.id === id)).length;
  return (
    <div aria-live="polite">
      {newer > 0 && shown !== undefined && (
        <button
          type="button"
          className="w-full border-b border-line bg-accent-soft px-4 py-2 text-[0.8125rem] font-medium text-accent-strong hover:underline"
          onClick={() => {
            setCame(new Set());
            onShow();
          }}
        >
          Show {plural(newer, 'newer event')}
        </button>
      )}
    </div>
  );
}
