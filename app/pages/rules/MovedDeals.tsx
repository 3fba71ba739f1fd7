// The deals that a rehearsed rule would have moved, and by which click.
import { Link } from 'react-router';
import type { BackTestReply } from '../../api/contract.ts';
import { useRecordNames } from '../../api/record-names.ts';
import { sayExactly } from '../../components/say.ts';

type Move = BackTestReply['results'][number]['moves'][number];

const shownAtMost = 100;

interface MovedDealsProps {
  connectionId: string;
  moves: readonly Move[];
}

export function MovedDeals({ connectionId, moves }: MovedDealsProps) {
  const shown = moves.slice(0, shownAtMost);
  const names = useRecordNames(
    shown.map((move) => ({ connectionId, contactIds: [move.contact_id], dealIds: [move.deal_id] })),
  );
  if (moves.length === 0) return <p className="text-muted">At this threshold no deal would have moved.</p>;
  return (
    <div
      className="max-h-80 overflow-auto rounded-lg border border-line"
      tabIndex={0}
      role="region"
      aria-label="Deals that would have moved"
    >
      <table className="w-full text-left text-[0.8125rem]">
        <thead className="sticky top-0 bg-sunken text-xs text-muted">
          <tr>
            {['Deal', 'By contact', 'When', 'Reached this stage itself'].map((name) => (
              <th key={name} scope="col" className="px-3 py-2 font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {shown.map((move) => (
            <tr key={move.deal_id}>
              <td className="px-3 py-2">{names.deal(connectionId, move.deal_id)}</td>
              <td className="px-3 py-2">{names.contact(connectionId, move.contact_id)}</td>
              <td className="px-3 py-2">
                <Link className="hover:underline" to={`/log/${encodeURIComponent(move.click_id)}`}>
                  {sayExactly(move.at)}
                </Link>
              </td>
              <td className="px-3 py-2 text-muted">
                {move.reached_at === null ? 'not yet' : sayExactly(move.reached_at)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {moves.length > shownAtMost && (
        <p className="px-3 py-2 text-xs text-muted">And {moves.length - shownAtMost} more.</p>
      )}
    </div>
  );
}
