// Reads clicks from a topic: a consumer of the group takes partitions, stores their messages, and commits what is stored.
// A message is committed after the durable write, so it may come twice and is stored once; what can never be stored goes to
// the dead-letter topic with the reason, so that it blocks nobody behind it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { EachBatchPayload, KafkaMessage, Producer } from 'kafkajs';
import type { Context } from '../../flows/context.ts';
import { backoffMs } from '../../lib/backoff.ts';
import { chunk } from '../../lib/chunk.ts';
import { takeMessages, type Poison } from './take-messages.ts';
import type { TopicMessage } from './message.ts';
import { openKafka, type KafkaSettings } from './topic-client.ts';
import { watchLag } from './watch-lag.ts';

export interface TopicReader {
  /** Finishes the messages under way, commits them and leaves the group. */
  stop(): Promise<void>;
}

/** Stored and committed in one go. */
const messagesAtOnce = 500;
const storeAway = { firstMs: 250, maxMs: 5_000 };

const brokersAway = { firstMs: 1_000, maxMs: 30_000 };

/** Starts at once, and reads as soon as the brokers answer: a server must not wait for them. */
export function startTopicReader(context: Context, settings: KafkaSettings): TopicReader {
  const ending = new AbortController();
  const reading = open();

  async function open(): Promise<TopicReader | null> {
    for (let attempt = 1; !ending.signal.aborted; attempt += 1) {
      try {
        return await readTopic(context, settings, ending.signal);
      } catch (error) {
        context.log.error({ err: error, attempt }, 'the topic cannot be read; it will be tried again');
        await sleep(backoffMs(attempt, brokersAway), undefined, { signal: ending.signal }).catch(() => undefined);
      }
    }
    return null;
  }

  return {
    async stop() {
      ending.abort();
      await (await reading)?.stop();
    },
  };
}

async function readTopic(context: Context, settings: KafkaSettings, ending: AbortSignal): Promise<TopicReader> {
  const { log, metrics } = context;
  const kafka = await openKafka(settings, log);
  const consumer = kafka.consumer({
    groupId: settings.group,
    sessionTimeout: 15_000,
    heartbeatInterval: 2_000,
    rebalanceTimeout: 20_000,
    retry: { restartOnFailure: () => Promise.resolve(true) },
  });
  const producer = kafka.producer({ allowAutoTopicCreation: true });

  /** True once the messages are stored; false when the partition went to another process or the end came first. */
  async function store(messages: readonly TopicMessage[], payload: EachBatchPayload): Promise<boolean> {
    for (let attempt = 1; payload.isRunning() && !payload.isStale() && !ending.aborted; attempt += 1) {
      try {
        const poison = await takeMessages(context, messages);
        await sendToDeadLetters(producer, settings, poison);
        metrics.topicMessages.inc({ result: 'stored' }, messages.length - poison.length);
        metrics.topicMessages.inc({ result: 'dead_letter' }, poison.length);
        return true;
      } catch (error) {
        log.warn({ err: error, attempt }, 'messages of the topic wait until the store answers');
        await waitBeating(backoffMs(attempt, storeAway), payload, ending);
      }
    }
    return false;
  }

  async function eachBatch(payload: EachBatchPayload): Promise<void> {
    const { topic, partition, messages } = payload.batch;
    for (const part of chunk(messages, messagesAtOnce)) {
      const plain = part.map((message) => toPlain(message, { topic, partition }));
      if (!(await store(plain, payload))) return;
      const last = part.at(-1)?.offset ?? '0';
      payload.resolveOffset(last);
      await consumer.commitOffsets([{ topic, partition, offset: String(BigInt(last) + 1n) }]);
      await payload.heartbeat();
    }
  }

  const leave = async () => {
    await Promise.allSettled([consumer.disconnect(), producer.disconnect()]);
  };
  try {
    await producer.connect();
    await consumer.connect();
    await consumer.subscribe({ topics: [settings.topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 4,
      eachBatch,
    });
    const lag = await watchLag({ kafka, settings, metrics, log });
    return {
      async stop() {
        await lag.stop();
        await leave();
      },
    };
  } catch (error) {
    await leave();
    throw error;
  }
}

/** The broker hears that we live, so that it does not give the partition away while the store is. */
async function waitBeating(ms: number, payload: EachBatchPayload, signal: AbortSignal): Promise<void> {
  const endAt = performance.now() + ms;
  while (performance.now() < endAt && !signal.aborted && payload.isRunning()) {
    await sleep(Math.min(500, Math.max(1, endAt - performance.now())));
    await payload.heartbeat();
  }
}

function toPlain(
  { offset, key, value, headers }: KafkaMessage,
  at: { topic: string; partition: number },
): TopicMessage {
  const plain: Record<string, string> = {};
  for (const [name, content] of Object.entries(headers ?? {})) {
    const first = Array.isArray(content) ? content[0] : content;
    if (first !== undefined) plain[name.toLowerCase()] = first.toString();
  }
  return { ...at, offset, key, value, headers: plain };
}

async function sendToDeadLetters(producer: Producer, { deadLetterTopic }: KafkaSettings, poison: readonly Poison[]) {
  if (poison.length === 0) return;
  await producer.send({
    topic: deadLetterTopic,
    acks: -1,
    messages: poison.map(({ message: { topic, partition, offset, key, value }, reason }) => ({
      key,
      value,
      headers: {
        'elido-reason': reason.code,
        'elido-message': reason.message,
        'elido-topic': topic,
        'elido-partition': String(partition),
        'elido-offset': offset,
      },
    })),
  });
}
