// `npm run fuzz`: rules, conversions and webhooks, made up and damaged, fed to the server. None may break it, hold it up or stay in its memory.
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { makeRandom } from './chaos/random.ts';
import { startArena, type Arena } from './fuzz/arena.ts';
import { feedDirectly } from './fuzz/direct.ts';
import { makeInputs, type Input, type InputKind } from './fuzz/make-inputs.ts';
import { parseOptions } from './fuzz/options.ts';
import { tableText } from './print-table.ts';

const atOnce = 16;
const slowMs = 1_000;

const options = parseOptions(process.argv.slice(2));
const startedAt = performance.now();
const random = makeRandom(options.seed);
const now = Date.now();

const answers = new Map<string, number>();
const examples: string[] = [];
const found = { inputs: 0, http: 0, fiveXx: 0, exceptions: 0, slowestMs: 0 };
let slowest = '';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const arena = await startArena();
// Only from here on: what keeps the run itself from starting must end it.
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(event, (error: unknown) => {
    process.exitCode = 1;
    blame('exceptions', `${event}: ${String(error)}`);
  });
const ending = new AbortController();
/** Ctrl-C ends the feeding; what was found until then is reported. */
process.once('SIGINT', () => ending.abort());
const progress = setInterval(() => tell(`${found.inputs} of ${options.inputs} inputs, ${found.http} over HTTP`), 5_000);
let heapGrowthMb = 0;
try {
  const inputs = makeInputs({ ...arena, now, random });
  // What is loaded and compiled on first use belongs to neither half.
  await feed(Math.ceil(options.inputs / 2), inputs, arena);
  const before = heapMb();
  await feed(Math.floor(options.inputs / 2), inputs, arena);
  heapGrowthMb = heapMb() - before;
} finally {
  clearInterval(progress);
  await arena.close();
}
report();
process.exit(found.fiveXx + found.exceptions === 0 ? 0 : 1);

/** Directly one after another; over HTTP so many at once. */
async function feed(count: number, inputs: Generator<Input, never>, arena: Arena): Promise<void> {
  const underWay = new Set<Promise<void>>();
  for (let n = 0; n < count && !ending.signal.aborted; n += 1) {
    const input = inputs.next().value;
    found.inputs += 1;
    if (random.next() >= options.httpShare) {
      feedOne(input);
      // Lets the requests under way go on.
      if (n % 50 === 0) await setImmediate();
      continue;
    }
    found.http += 1;
    const sent: Promise<void> = sendOne(input, arena).finally(() => underWay.delete(sent));
    underWay.add(sent);
    if (underWay.size >= atOnce) await Promise.race(underWay);
  }
  await Promise.all(underWay);
}

function feedOne(input: Input): void {
  const startedAt = performance.now();
  try {
    count(input.kind, feedDirectly(input, now));
  } catch (error) {
    blame('exceptions', `${String(error)} at ${exampleOf(input)}`);
  }
  time(performance.now() - startedAt, input, 'directly');
}

async function sendOne(input: Input, arena: Arena): Promise<void> {
  const startedAt = performance.now();
  try {
    const status = await arena.send(input);
    count(input.kind, String(status));
    if (status >= 500) blame('fiveXx', `${status} at ${exampleOf(input)}`);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
    blame('exceptions', `${String(error)}${cause} at ${exampleOf(input)}`);
  }
  time(performance.now() - startedAt, input, 'over HTTP');
}

function count(kind: InputKind, answer: string): void {
  const name = `${kind}: ${answer}`;
  answers.set(name, (answers.get(name) ?? 0) + 1);
}

function blame(what: 'fiveXx' | 'exceptions', example: string): void {
  found[what] += 1;
  if (examples.length < 20) examples.push(example);
}

function time(ms: number, input: Input, way: string): void {
  if (ms <= found.slowestMs) return;
  found.slowestMs = ms;
  slowest = `${Math.round(ms)} ms ${way}: ${exampleOf(input)}`;
}

/** In base64: the bytes are what matters. */
function exampleOf({ kind, bytes }: Input): string {
  return `${kind} of ${bytes.length} bytes, ${bytes.subarray(0, 600).toString('base64')}`;
}

function heapMb(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed / 1_048_576;
}

function report(): void {
  for (const example of examples) console.error(`PROBLEM ${example}`);
  console.error(`${found.slowestMs >= slowMs ? 'SLOW' : 'slowest'} ${slowest}`);
  const rows = [...answers].toSorted(([a], [b]) => a.localeCompare(b)).map(([name, times]) => [name, String(times)]);
  if (!options.json) console.log(`${tableText({ title: 'What came back', columns: ['answer', 'inputs'], rows })}\n`);
  tell(`seed ${options.seed}`);
  const rounded = { slowestMs: Math.round(found.slowestMs), heapGrowthMb: Math.round(heapGrowthMb * 10) / 10 };
  console.log(JSON.stringify({ ...found, ...rounded }));
}

function tell(text: string): void {
  console.error(`${String(Math.round((performance.now() - startedAt) / 1_000)).padStart(5)} s  ${text}`);
}
