// Opens Kafka with the settings of the configuration. The only file that knows kafkajs, which is loaded when a topic is configured.
import type { Kafka, KafkaConfig, logLevel } from 'kafkajs';
import type { Config } from '../../config.ts';
import type { Log } from '../../lib/log.ts';

export type KafkaSettings = NonNullable<Config['kafka']>;

export async function openKafka(settings: KafkaSettings, log: Log): Promise<Kafka> {
  const { default: kafkajs } = await import('kafkajs').catch((error: unknown) => {
    throw new Error('KAFKA_BROKERS is set, but the package kafkajs is not installed. Run: npm install kafkajs', {
      cause: error,
    });
  });
  const words = new Map<logLevel, 'error' | 'warn' | 'debug'>([
    [kafkajs.logLevel.ERROR, 'warn'],
    [kafkajs.logLevel.WARN, 'warn'],
  ]);
  return new kafkajs.Kafka({
    clientId: 'elido-for-hubspot',
    brokers: settings.brokers,
    ssl: settings.ssl,
    ...(settings.sasl ? { sasl: settings.sasl as NonNullable<KafkaConfig['sasl']> } : {}),
    logLevel: kafkajs.logLevel.WARN,
    logCreator:
      () =>
      ({ level, log: { message, error } }) =>
        log[words.get(level) ?? 'debug']({ kafka: error as unknown }, message),
    retry: { initialRetryTime: 300, maxRetryTime: 10_000, retries: 8 },
  });
}
