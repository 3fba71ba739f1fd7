// The part of the configuration that is about the topic: what its variables must be, and what is made of them.
import { z } from 'zod';

export const kafkaAdvice: Record<string, { must: string; example: string }> = {
  KAFKA_BROKERS: { must: 'be host:port, comma-separated', example: 'kafka-1:9092,kafka-2:9092' },
  KAFKA_TOPIC: { must: 'be the name of a topic', example: 'elido.clicks' },
  KAFKA_GROUP: { must: 'be the name of a consumer group', example: 'elido-for-hubspot' },
  KAFKA_DEAD_LETTER_TOPIC: { must: 'be the name of a topic', example: 'elido.clicks.dead-letter' },
  KAFKA_TLS: { must: 'be true or false', example: 'true' },
  KAFKA_SASL_MECHANISM: { must: 'be plain, scram-sha-256 or scram-sha-512', example: 'scram-sha-512' },
  KAFKA_SASL_USERNAME: { must: 'be set together with the mechanism and the password', example: 'elido' },
  KAFKA_SASL_PASSWORD: { must: 'be set together with the mechanism and the user name', example: 'the password' },
  KAFKA_TRUST: { must: 'be topic or key', example: 'topic' },
};

const text = z.string();
const topicName = text.regex(/^[A-Za-z0-9._-]{1,200}$/);
const brokerList = text
  .regex(/^[\w.-]+:\d{1,5}( *, *[\w.-]+:\d{1,5})*$/)
  .transform((value) => value.split(',').map((broker) => broker.trim()));

export const kafkaShape = {
  KAFKA_BROKERS: brokerList.optional(),
  KAFKA_TOPIC: topicName.default('elido.clicks'),
  KAFKA_GROUP: topicName.default('elido-for-hubspot'),
  KAFKA_DEAD_LETTER_TOPIC: topicName.optional(),
  KAFKA_TLS: z.stringbool({ truthy: ['true'], falsy: ['false'] }).default(false),
  KAFKA_SASL_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional(),
  KAFKA_SASL_USERNAME: text.optional(),
  KAFKA_SASL_PASSWORD: text.optional(),
  KAFKA_TRUST: z.enum(['topic', 'key']).default('topic'),
};

const kafkaEnvironment = z.object(kafkaShape);

export function kafkaOf(env: z.infer<typeof kafkaEnvironment>) {
  if (!env.KAFKA_BROKERS) return undefined;
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = env;
  return {
    brokers: env.KAFKA_BROKERS,
    topic: env.KAFKA_TOPIC,
    group: env.KAFKA_GROUP,
    deadLetterTopic: env.KAFKA_DEAD_LETTER_TOPIC ?? `${env.KAFKA_TOPIC}.dead-letter`,
    ssl: env.KAFKA_TLS,
    sasl: mechanism && username && password ? { mechanism, username, password } : undefined,
    /** Who says which workspace a message is of: whoever may write to the topic, or an API key in the message. */
    trust: env.KAFKA_TRUST,
  };
}

/** All three or none. */
export function missingForSasl(given: Record<string, unknown>): string[] {
  const names = ['KAFKA_SASL_MECHANISM', 'KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'];
  const missing = names.filter((name) => !(name in given));
  return missing.length === names.length ? [] : missing;
}
