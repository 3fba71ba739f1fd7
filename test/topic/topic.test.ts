// Clicks from a topic, read from a real Kafka broker: nothing lost, nothing twice, and nothing that blocks what comes behind it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Kafka, logLevel, type Admin, type IHeaders, type Message, type Producer } from 'kafkajs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTopicReader, type TopicReader } from '../../server/jobs/topic/read-topic.ts';
import { startTestServer, type Tenant, type TestServer } from '../helpers/start-test-server.ts';
import { missingForKafka, startBroker, type Broker } from './kafka-broker.ts';

const missing = missingForKafka();
/** Kafka itself gives members of a group a minute to come together again. */
const soon = { timeout: 180_000, interval: 200 };

describe.skipIf(missing !== null)(`a topic${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let broker: Broker;
  let server: TestServer;
  let tenant: Tenant;
  let kafka: Kafka;
  let producer: Producer;
  let admin: Admin;
  const readers: TopicReader[] = [];
  const processes: ChildProcess[] = [];

  beforeAll(async () => {
    broker = await startBroker();
    server = await startTestServer();
    tenant = await server.makeTenant();
    await tenant.api
      .post('/v1/links')
      .send({ slug: 'topic-link', title: 'T', destination: 'https://www.example.com/' });
    kafka = new Kafka({ brokers: [broker.address], logLevel: logLevel.NOTHING });
    // Without it what is sent again on a slow machine is in the topic twice.
    producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
    admin = kafka.admin();
    await Promise.all([producer.connect(), admin.connect()]);
  }, 120_000);
  afterAll(async () => {
    for (const child of processes) child.kill('SIGKILL');
    await Promise.all(readers.map((reader) => reader.stop()));
    await Promise.allSettled([producer.disconnect(), admin.disconnect()]);
    await server.close();
    await broker.close();
  });

  afterEach(async () => {
    await Promise.all(readers.splice(0).map((reader) => reader.stop()));
  });

  /** A second try of a test finds a topic and a group that nobody used. */
  let attempt = 0;
  beforeEach(() => (attempt += 1));
  const named = (topic: string) => `${topic}-${attempt}`;
  const groupOf = (topic: string) => `group-${named(topic)}`;

  const settingsOf = (topic: string, trust: 'topic' | 'key' = 'topic') => ({
    brokers: [broker.address],
    topic: named(topic),
    group: groupOf(topic),
    deadLetterTopic: `${named(topic)}.dead-letter`,
    ssl: false,
    sasl: undefined,
    trust,
  });
  const makeTopic = (topic: string) =>
    admin.createTopics({ topics: [{ topic: named(topic), numPartitions: 3 }], waitForLeaders: true });
  const read = (topic: string) => {
    const reader = startTopicReader(server.context, settingsOf(topic));
    readers.push(reader);
    return reader;
  };
  const click = (clickId: string, more: object = {}): Message => ({
    key: tenant.workspaceId,
    value: JSON.stringify({
      workspace_id: tenant.workspaceId,
      click_id: clickId,
      slug: 'topic-link',
      eid: '501',
      ...more,
    }),
  });
  /** Spread over the partitions, which the key would put into one. */
  const send = (topic: string, messages: Message[]) =>
    producer.send({ topic: named(topic), messages: messages.map((message, n) => ({ ...message, partition: n % 3 })) });
  const storedIds = async (prefix: string): Promise<string[]> => {
    const deliveries = server.store.client.db(new URL(server.store.uri).pathname.slice(1)).collection('deliveries');
    const found = await deliveries.find({}, { projection: { eventId: 1 } }).toArray();
    return found.map(({ eventId }) => String(eventId)).filter((id) => id.startsWith(prefix));
  };
  const committed = async (topic: string): Promise<number> => {
    const [offsets] = await admin.fetchOffsets({ groupId: groupOf(topic), topics: [named(topic)] });
    return (offsets?.partitions ?? []).reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
  };
  async function deadLetters(topic: string): Promise<IHeaders[]> {
    const consumer = kafka.consumer({ groupId: `look-${topic}-${Date.now()}` });
    const found: IHeaders[] = [];
    await consumer.connect();
    await consumer.subscribe({ topics: [`${named(topic)}.dead-letter`], fromBeginning: true });
    await consumer.run({ eachMessage: ({ message }) => Promise.resolve(void found.push(message.headers ?? {})) });
    await vi.waitFor(() => expect(found.length).toBeGreaterThan(0), soon);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await consumer.disconnect();
    return found;
  }
  /** The reader as a process of its own, as an operator would run it. */
  async function startProcess(topic: string): Promise<ChildProcess> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'elido-topic-'));
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/start.ts'], {
      env: {
        PATH: process.env.PATH,
        ROLE: 'topic',
        METRICS_PORT: '0',
        MONGODB_URI: server.store.uri,
        DATA_DIR: folder,
        KAFKA_BROKERS: broker.address,
        KAFKA_TOPIC: named(topic),
        KAFKA_GROUP: groupOf(topic),
      },
      stdio: 'ignore',
    });
    processes.push(child);
    child.once('exit', () => void rm(folder, { recursive: true, force: true }));
    return child;
  }

  it('stores clicks by the contract of POST /v1/clicks, once, and commits what is stored', async () => {
    await makeTopic('plain');
    const messages = Array.from({ length: 900 }, (_, n) => click(`plain-${n}`));
    await send('plain', [...messages, ...messages.slice(0, 100)]);
    const reader = read('plain');
    await vi.waitFor(async () => expect(await committed('plain')).toBe(1_000), soon);
    const ids = await storedIds('plain-');
    expect([ids.length, new Set(ids).size]).toEqual([900, 900]);
    await reader.stop();
  }, 600_000);

  it('a message that names no click is one click, also when the broker hands it over again', async () => {
    await makeTopic('unnamed');
    const { click_id: _clickId, ...unnamed } = JSON.parse(String(click('x').value)) as Record<string, unknown>;
    await send(
      'unnamed',
      Array.from({ length: 6 }, () => ({ value: JSON.stringify(unnamed) })),
    );
    const before = (await storedIds('clk_')).length;
    const first = read('unnamed');
    await vi.waitFor(async () => expect(await committed('unnamed')).toBe(6), soon);
    await first.stop();
    await admin.resetOffsets({ groupId: groupOf('unnamed'), topic: named('unnamed'), earliest: true });
    const second = read('unnamed');
    await vi.waitFor(async () => expect(await committed('unnamed')).toBe(6), soon);
    await second.stop();
    expect((await storedIds('clk_')).length - before).toBe(6);
  }, 600_000);

  it('what can never be stored goes to the dead-letter topic with the reason, and the rest is stored', async () => {
    await makeTopic('poison');
    const wrong: Message[] = [
      { value: 'not json' },
      { value: JSON.stringify({ slug: 'topic-link' }) },
      { ...click('poison-key'), key: 'ws_of_somebody_else' },
      click('poison-link', { slug: 'no-such-link' }),
      click('poison-field', { surprise: true }),
      { key: 'ws_unknown', value: JSON.stringify({ workspace_id: 'ws_unknown', slug: 'topic-link' }) },
      { value: null },
    ];
    await send('poison', [click('poison-good-1'), ...wrong, click('poison-good-2')]);
    const reader = read('poison');
    await vi.waitFor(async () => expect(await committed('poison')).toBe(wrong.length + 2), soon);
    expect((await storedIds('poison-')).sort()).toEqual(['poison-good-1', 'poison-good-2']);
    const letters = await deadLetters('poison');
    const reasons = letters.map((headers) => String(headers['elido-reason'])).sort();
    expect(reasons).toEqual([...Array.from({ length: 5 }, () => 'invalid_request'), 'not_found', 'not_found']);
    expect(letters[0]).toHaveProperty('elido-offset');
    await reader.stop();
  }, 600_000);

  it('with KAFKA_TRUST=key a message without a key of its workspace is refused', async () => {
    await makeTopic('trusted');
    const other = await server.makeTenant();
    const bearing = (id: string, key: string) => ({ ...click(id), headers: { authorization: `Bearer ${key}` } });
    const messages = [click('trusted-none'), bearing('trusted-other', other.key), bearing('trusted-own', tenant.key)];
    await send('trusted', messages);
    const context = { ...server.context, config: { ...server.context.config, kafka: settingsOf('trusted', 'key') } };
    const reader = startTopicReader(context, settingsOf('trusted', 'key'));
    readers.push(reader);
    await vi.waitFor(async () => expect(await committed('trusted')).toBe(3), soon);
    expect(await storedIds('trusted-')).toEqual(['trusted-own']);
    const reasons = (await deadLetters('trusted')).map((headers) => String(headers['elido-reason'])).sort();
    expect(reasons).toEqual(['forbidden', 'unauthorized']);
    await reader.stop();
  }, 600_000);

  it('a process killed between writing and committing loses nothing and doubles nothing', async () => {
    await makeTopic('killed');
    const count = 4_000;
    await send(
      'killed',
      Array.from({ length: count }, (_, n) => click(`killed-${n}`)),
    );
    for (const killedAt of [1, count / 2]) {
      const child = await startProcess('killed');
      await vi.waitFor(async () => expect((await storedIds('killed-')).length).toBeGreaterThanOrEqual(killedAt), {
        timeout: 180_000,
        interval: 50,
      });
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(await committed('killed')).toBeLessThanOrEqual((await storedIds('killed-')).length);
    }
    await startProcess('killed');
    await vi.waitFor(async () => expect(await committed('killed')).toBe(count), { timeout: 180_000, interval: 500 });
    const ids = await storedIds('killed-');
    expect([ids.length, new Set(ids).size]).toEqual([count, count]);
  }, 600_000);

  it('a second reader takes its share, and the first goes on when it leaves', async () => {
    await makeTopic('shared');
    const first = read('shared');
    let sent = 0;
    const more = async (count: number) => {
      await send(
        'shared',
        Array.from({ length: count }, () => click(`shared-${(sent += 1)}`)),
      );
    };
    await more(300);
    await vi.waitFor(async () => expect(await committed('shared')).toBe(300), soon);
    const second = read('shared');
    await more(600);
    await vi.waitFor(async () => expect(await committed('shared')).toBe(900), soon);
    const { members } = (await admin.describeGroups([groupOf('shared')])).groups[0] ?? { members: [] };
    expect(members).toHaveLength(2);
    await second.stop();
    await more(300);
    await vi.waitFor(async () => expect(await committed('shared')).toBe(1_200), soon);
    const ids = await storedIds('shared-');
    expect([ids.length, new Set(ids).size]).toEqual([1_200, 1_200]);
    await first.stop();
  }, 600_000);

  it('with the store down nothing is committed or called poison', async () => {
    const down = await startTestServer();
    const owner = await down.makeTenant();
    await owner.api.post('/v1/links').send({ slug: 'topic-link', title: 'T', destination: 'https://www.example.com/' });
    await makeTopic('down');
    const reader = startTopicReader(down.context, settingsOf('down'));
    const value = JSON.stringify({ workspace_id: owner.workspaceId, click_id: 'down-1', slug: 'topic-link' });
    await send('down', [{ value }]);
    await vi.waitFor(async () => expect(await committed('down')).toBe(1), soon);
    await down.store.kill?.();
    await send('down', [{ value: value.replace('down-1', 'down-2') }]);
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(await committed('down')).toBe(1);
    expect(await admin.listTopics()).not.toContain(`${named('down')}.dead-letter`);
    const metrics = await down.context.metrics.registry.metrics();
    expect(metrics).toMatch(/^topic_lag\{partition="\d"\} 1$/m);
    await reader.stop();
    await down.close();
  }, 600_000);
});
