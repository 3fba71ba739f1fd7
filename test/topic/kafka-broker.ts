// A real Apache Kafka broker (KRaft mode, one node) for the tests of the topic. Its jars come by Maven: see scripts/fetch-kafka.sh.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { freePorts } from '../../bench/world/free-port.ts';

export interface Broker {
  address: string;
  close(): Promise<void>;
}

const jarsFolder = process.env.KAFKA_JARS ?? path.join(os.homedir(), '.cache', 'elido-kafka', '3.9.1');
const startsWithinMs = 90_000;

/** Why there is no broker to test with; null when there is one. */
export function missingForKafka(): string | null {
  if (!existsSync(jarsFolder) || !readdirSync(jarsFolder).some((name) => name.startsWith('kafka_2.13-')))
    return `Kafka's jars are not in ${jarsFolder}: run scripts/fetch-kafka.sh`;
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'there is no java on this machine';
  }
}

export async function startBroker(): Promise<Broker> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'elido-kafka-'));
  const [port = 0, controllerPort = 0] = await freePorts(2);
  const settings = path.join(folder, 'server.properties');
  await writeFile(settings, propertiesOf({ folder, port, controllerPort }));
  const java = (...args: string[]) => ['-Xmx384m', '-cp', path.join(jarsFolder, '*'), ...args];
  execFileSync('java', java('kafka.tools.StorageTool', 'format', '-t', 'MkU3OEVBNTcwNTJENDM2Qg', '-c', settings), {
    stdio: 'ignore',
  });
  const broker = spawn('java', java('kafka.Kafka', settings), { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  await isReady(broker, port);
  return {
    address: `127.0.0.1:${port}`,
    async close() {
      broker.kill('SIGKILL');
      await once(broker, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function isReady(broker: ChildProcess, port: number): Promise<void> {
  const { Kafka, logLevel } = await import('kafkajs');
  const admin = new Kafka({
    brokers: [`127.0.0.1:${port}`],
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
  }).admin();
  const endAt = performance.now() + startsWithinMs;
  for (;;) {
    try {
      await admin.connect();
      await admin.listTopics();
      await admin.disconnect();
      return;
    } catch (error) {
      if (broker.exitCode !== null || performance.now() > endAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

interface Place {
  folder: string;
  port: number;
  controllerPort: number;
}

function propertiesOf({ folder, port, controllerPort }: Place): string {
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': path.join(folder, 'data'),
    'num.partitions': 3,
    'offsets.topic.num.partitions': 3,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1_000,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
