// How many messages of each partition nobody has stored yet. Asked of the broker, so that a reader that stands still is seen too.
import type { Kafka } from 'kafkajs';
import type { Log } from '../../lib/log.ts';
import type { Metrics } from '../../lib/metrics.ts';
import type { KafkaSettings } from './topic-client.ts';

const everyMs = 5_000;

interface Watched {
  kafka: Kafka;
  settings: KafkaSettings;
  metrics: Metrics;
  log: Log;
}

export async function watchLag({ kafka, settings, metrics, log }: Watched): Promise<{ stop(): Promise<void> }> {
  const { topic, group } = settings;
  const admin = kafka.admin();
  await admin.connect();
  let running: Promise<void> | null = null;

  async function look(): Promise<void> {
    const ends = await admin.fetchTopicOffsets(topic);
    const [committed] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
    for (const { partition, high, low } of ends) {
      const offset = Number(committed?.partitions.find((one) => one.partition === partition)?.offset ?? -1);
      const readUpTo = Math.max(offset, Number(low));
      metrics.topicLag.set({ partition: String(partition) }, Math.max(0, Number(high) - readUpTo));
    }
  }

  const timer = setInterval(() => {
    running ??= look()
      .catch((error: unknown) => log.warn({ err: error }, 'the lag of the topic could not be read'))
      .finally(() => {
        running = null;
      });
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
      await admin.disconnect();
    },
  };
}
