// `npm run demo`: plays the story in the sandbox and shows where to look. `-- --once --json` ends by itself, for scripts.
import { Command } from 'commander';
import { buildConsole } from './demo/build-console.ts';
import { demoApp, demoPortalId } from './demo/seed.ts';
import { people, playStory, storyMs, type StoryResult } from './demo/story.ts';
import { ensureExtensions, ensureHost } from './preview/ensure-built.ts';
import { ourExtensions, ourSource } from './preview/our-preview.ts';
import { makeWorld, type World } from './demo/world.ts';

interface Options {
  once: boolean;
  json: boolean;
  port: string;
  sandboxPort: string;
  log: string;
}

const options = new Command('demo')
  .description('Plays one story from a short link to a HubSpot timeline, in a sandbox on this machine.')
  .option('--once', 'end after the story; exit code 0 only if all of it happened', false)
  .option('--json', 'the last line of output is one JSON object', false)
  .option('--port <port>', 'port of the server', '3000')
  .option('--sandbox-port <port>', 'port of the sandbox', '4010')
  .option('--log <level>', 'log level of the server', 'warn')
  .parse()
  .opts<Options>();

if (!options.once) await buildConsole((what) => console.log(what));
const startedAt = performance.now();
/** Beside the story: who only wants its result does not wait for the cards. */
const cardsBuilt = options.once ? Promise.resolve() : buildCards();
const world = await makeWorld({
  port: Number(options.port),
  sandboxPort: Number(options.sandboxPort),
  beganMsAgo: storyMs,
  logLevel: options.log,
});
try {
  const result = await playStory(world, (step, detail) => {
    console.log(`  ${seconds().padStart(5)} s  ${step}${detail ? `: ${detail}` : ''}`);
  });
  await cardsBuilt;
  report(world, result, options.once ? '' : await world.signInLink());
  process.exitCode = result.problems.length === 0 ? 0 : 1;
} catch (error) {
  console.error(error);
  if (options.json) console.log(JSON.stringify({ ok: false, problems: [String(error)] }));
  process.exitCode = 1;
}
if (options.once || process.exitCode === 1) {
  await world.close();
  process.exit();
}
process.on('SIGINT', () => {
  world.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});

function report(world: World, result: StoryResult, signInLink: string): void {
  const record = (type: string, id: string) => `${world.sandboxUrl}/contacts/${demoPortalId}/record/${type}/${id}`;
  console.log(`
What happened
  ${result.contactEvents} events on the contact, ${result.dealEvents} on the deal, "${result.titles[0]}"
  ${result.conversions} conversion on the contact
  after the clicks: elido_last_utm_source = ${result.utm['source']}, _campaign = ${result.utm['campaign']}, _medium = ${result.utm['medium']}
  elido_recent_link_clicks = ${result.clickCounter.contact} on the contact, ${result.clickCounter.deal} on the deal
  the rule moved the deal to ${result.dealStage}
  HubSpot's first-touch analytics ${result.firstTouchUnchanged ? 'did not change' : 'CHANGED'}
`);
  for (const problem of result.problems) console.log(`  PROBLEM: ${problem}`);
  if (!options.once) {
    console.log(`Where to look
  the console     ${signInLink}
  the deal        ${record('0-3', people.deal)}?tab=cards
  the contact     ${record('0-1', people.clicker)}?tab=cards
  its settings    ${world.sandboxUrl}/integrations-settings/${demoPortalId}/installed/${demoApp.appId}
  its home page   ${world.sandboxUrl}/app/${demoPortalId}/${demoApp.appId}
  the sandbox     ${world.sandboxUrl}/
  click again     ${world.serverUrl}/r/abc123?eid=${people.clicker}
  the API         curl -H 'Authorization: Bearer ${world.apiKey}' ${world.serverUrl}/v1/links
  its document    ${world.serverUrl}/openapi.json

Ctrl-C ends it. Nothing is kept.`);
  }
  if (options.json) {
    const { problems, ...facts } = result;
    console.log(
      JSON.stringify({
        ok: problems.length === 0,
        ...facts,
        calls: world.calls(),
        seconds: Number(seconds()),
        problems,
      }),
    );
  }
}

/** The cards inside HubSpot, as HubSpot builds them, and the page that shows them. A build that fails does not end the demo. */
async function buildCards(): Promise<void> {
  try {
    await Promise.all([ensureHost(), ensureExtensions(ourSource, ourExtensions)]);
  } catch (error) {
    console.log(`  The cards were not built: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function seconds(): string {
  return ((performance.now() - startedAt) / 1_000).toFixed(1);
}
