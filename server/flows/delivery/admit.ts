// What the connection says about a delivery before anybody asks HubSpot: paused, disconnected, conversions only.
import type { Delivery } from '../../domain/delivery.ts';
import { closed, heldFor } from '../../domain/outcome.ts';
import type { Connection } from '../../store/connections.ts';
import type { Context } from '../context.ts';
import type { Outcomes } from './batch.ts';
import type { PortalSession } from './session.ts';

const pauseRecheckMs = 3600_000;

export interface Admitted {
  delivery: Delivery;
  connection: Connection;
}

interface Batch {
  taken: Delivery[];
  outcomes: Outcomes;
}

export function admit({ now }: Context, { connections }: PortalSession, { taken, outcomes }: Batch): Admitted[] {
  const admitted: Admitted[] = [];
  for (const delivery of taken) {
    const connection = connections.get(delivery.connectionId ?? '');
    if (!connection || connection.state === 'disconnected') {
      outcomes.decide(delivery, closed(delivery, 'disconnected'));
    } else if (connection.state === 'paused') {
      outcomes.decide(delivery, heldFor(delivery, { reason: 'connection_paused', now: now(), ms: pauseRecheckMs }));
    } else if (connection.mode === 'conversions_only' && delivery.kind === 'click') {
      outcomes.decide(delivery, closed(delivery, 'conversions_only'));
    } else {
      admitted.push({ delivery, connection });
    }
  }
  return admitted;
}
