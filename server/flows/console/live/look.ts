// What a live stream looks at: the newest deliveries, connections, replays and imports of a workspace, each with a mark that
// changes when it does. Bounded: 200 deliveries and twenty of the others, by their index, however long the history.
import type { Delivery } from '../../../domain/delivery.ts';
import type { LinkImport } from '../../../store/imports.ts';
import type { Replay } from '../../../store/replays.ts';
import type { Context } from '../../context.ts';
import { listConnections, type ConnectionView } from '../../list-connections.ts';

const watchedDeliveries = 200;
const watchedOthers = 20;

export type Sight =
  | { name: 'delivery'; value: Delivery }
  | { name: 'connection'; value: ConnectionView }
  | { name: 'replay'; value: Replay }
  | { name: 'link_import'; value: LinkImport };

/** By key; what is compared is the mark. */
export type Marks = ReadonlyMap<string, string>;

/** The marks now, and what is new or has changed since `before` (null: nothing is news), oldest first. */
export async function look(
  context: Context,
  workspaceId: string,
  before: Marks | null,
): Promise<{ marks: Marks; news: Sight[] }> {
  const { store } = context;
  const [deliveries, connections, replays, imports] = await Promise.all([
    store.deliveries.marksOfNewest({ workspaceId, limit: watchedDeliveries }),
    listConnections(context, workspaceId),
    store.replays.newest({ workspaceId, limit: watchedOthers }),
    store.imports.newest({ workspaceId, limit: watchedOthers }),
  ]);
  const marks = new Map<string, string>();
  const isNews = (key: string, mark: string) => {
    marks.set(key, mark);
    return before !== null && before.get(key) !== mark;
  };
  const moved = deliveries.filter(({ id, mark }) => isNews(id, mark)).map(({ id }) => id);
  const others: Sight[] = [
    ...connections
      .filter((view) => isNews(view.connection._id, JSON.stringify(view)))
      .map((value) => ({ name: 'connection' as const, value })),
    ...replays
      .filter((replay) => isNews(replay._id, `${replay.state} ${replay.lookedAt} ${replay.waitingFor}`))
      .map((value) => ({ name: 'replay' as const, value })),
    ...imports
      .filter((one) => isNews(one._id, `${one.state} ${one.done}`))
      .map((value) => ({ name: 'link_import' as const, value })),
  ];
  const changed = moved.length === 0 ? [] : await store.deliveries.findMany(moved);
  changed.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
  return { marks, news: [...changed.map((value) => ({ name: 'delivery' as const, value })), ...others] };
}
