// The numbers an operator watches, in a registry of their own, so that two servers in one process do not share them.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof makeMetrics>;

const callBuckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const requestBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

/** `withProcess` adds memory, CPU, event loop and garbage collection figures of this process. */
export function makeMetrics({ withProcess = false }: { withProcess?: boolean } = {}) {
  const registry = new Registry();
  const registers = [registry];
  if (withProcess) collectDefaultMetrics({ register: registry });

  const deliveries = new Counter({
    name: 'deliveries_total',
    help: 'Deliveries that entered a state.',
    labelNames: ['state'],
    registers,
  });
  const hubspotCalls = new Counter({
    name: 'hubspot_calls_total',
    help: 'Calls to HubSpot, by route pattern and status.',
    labelNames: ['route', 'status'],
    registers,
  });
  const callsPerThousand = new Gauge({
    name: 'hubspot_calls_per_1000_events',
    help: 'Calls to HubSpot for 1,000 delivered events, since this process began.',
    registers,
    async collect() {
      const delivered = (await deliveries.get()).values.find(({ labels }) => labels.state === 'delivered')?.value ?? 0;
      const calls = (await hubspotCalls.get()).values.reduce((sum, { value }) => sum + value, 0);
      this.set(delivered === 0 ? 0 : (calls / delivered) * 1_000);
    },
  });

  return {
    registry,
    deliveries,
    hubspotCalls,
    callsPerThousand,
    portals: new Gauge({
      name: 'portals',
      help: 'Portals by state: connected, insufficient_permissions and circuit_open (both also connected), needs_sign_in, uninstalled.',
      labelNames: ['state'],
      registers,
    }),
    governorBudgetLeft: new Gauge({
      name: 'governor_budget_left',
      help: 'Calls left in this window, for portals that this process works now.',
      labelNames: ['portal'],
      registers,
    }),
    governorDayLeft: new Gauge({
      name: 'governor_day_left',
      help: 'Calls left of the day as HubSpot says (private apps), for portals that this process works now.',
      labelNames: ['portal'],
      registers,
    }),
    queueForecastSeconds: new Gauge({
      name: 'queue_forecast_seconds',
      help: 'When the queue of a portal will be empty at its pace, for portals worked for more than ten seconds. At least that, with more than 10,000 waiting.',
      labelNames: ['portal'],
      registers,
    }),
    httpRequests: new Counter({
      name: 'http_requests_total',
      help: 'Requests answered, by route pattern and status.',
      labelNames: ['route', 'status'],
      registers,
    }),
    httpRequestSeconds: new Histogram({
      name: 'http_request_seconds',
      help: 'Time to answer, by route pattern.',
      labelNames: ['route'],
      buckets: requestBuckets,
      registers,
    }),
    redirects: new Counter({
      name: 'redirects_total',
      help: 'Short links followed: found, unknown, archived, unavailable.',
      labelNames: ['result'],
      registers,
    }),
    clicksReceived: new Counter({
      name: 'clicks_received_total',
      help: 'Clicks accepted, by the way they came in.',
      labelNames: ['via'],
      registers,
    }),
    conversionsReceived: new Counter({
      name: 'conversions_received_total',
      help: 'Conversions accepted, by the way they came in.',
      labelNames: ['via'],
      registers,
    }),
    deliveryLatencySeconds: new Histogram({
      name: 'delivery_latency_seconds',
      help: 'From the moment a click was accepted until HubSpot had it.',
      buckets: [0.5, 1, 2, 5, 10, 30, 60, 300, 1_800, 7_200, 86_400],
      registers,
    }),
    webhookEvents: new Counter({
      name: 'webhook_events_total',
      help: 'Events that HubSpot sent: kept, duplicates, ignored (also kept), malformed.',
      labelNames: ['result'],
      registers,
    }),
    topicMessages: new Counter({
      name: 'topic_messages_total',
      help: 'Messages read from the topic: stored (or known already), dead_letter.',
      labelNames: ['result'],
      registers,
    }),
    topicLag: new Gauge({
      name: 'topic_lag',
      help: 'Messages of a partition that are not stored yet.',
      labelNames: ['partition'],
      registers,
    }),
    spoolDepth: new Gauge({
      name: 'spool_depth',
      help: 'Clicks on disk that wait for the store.',
      registers,
    }),
    spoolRejected: new Counter({
      name: 'spool_rejected_lines_total',
      help: 'Lines of the spool that are no clicks and were set aside.',
      registers,
    }),
    hubspotCallSeconds: new Histogram({
      name: 'hubspot_call_seconds',
      help: 'Time HubSpot took to answer, by route pattern.',
      labelNames: ['route'],
      buckets: callBuckets,
      registers,
    }),
    hubspotRefreshAttempts: new Counter({
      name: 'hubspot_refresh_attempts_total',
      help: 'Attempts to refresh an access token.',
      labelNames: ['result'],
      registers,
    }),
    breakerChanges: new Counter({
      name: 'circuit_breaker_changes_total',
      help: 'Circuit breakers of portals that opened (also again, after a probe failed) or closed.',
      labelNames: ['to'],
      registers,
    }),
    governorWaitSeconds: new Histogram({
      name: 'governor_wait_seconds',
      help: 'Time a call waited for its turn in the budget of its portal.',
      labelNames: ['lane'],
      buckets: callBuckets,
      registers,
    }),
  };
}
