import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { validateProject } from '../../scripts/project/validate-project.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const copies: string[] = [];

afterEach(() => {
  for (const copy of copies.splice(0)) rmSync(copy, { recursive: true, force: true });
});

function copyProject(): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'elido-plant-'));
  copies.push(copy);
  cpSync(path.join(root, 'hsproject.json'), path.join(copy, 'hsproject.json'));
  cpSync(path.join(root, 'src'), path.join(copy, 'src'), {
    recursive: true,
    filter: (place) => path.basename(place) !== 'node_modules',
  });
  return copy;
}

type Plant = (copy: string) => void;

const swap =
  (file: string, from: string, to: string): Plant =>
  (copy) => {
    const place = path.join(copy, file);
    const text = readFileSync(place, 'utf8');
    expect(text).toContain(from);
    writeFileSync(place, text.replace(from, to));
  };
const write =
  (file: string, text: string): Plant =>
  (copy) =>
    writeFileSync(path.join(copy, file), text);
const move =
  (from: string, to: string): Plant =>
  (copy) =>
    renameSync(path.join(copy, from), path.join(copy, to));

const app = 'src/app/app-hsmeta.json';
const tab = 'src/app/cards/deal-tab-hsmeta.json';
const hooks = 'src/app/webhooks/webhooks-hsmeta.json';
const wait = 'src/app/workflow-actions/wait-for-click-hsmeta.json';
const event = 'src/app/app-events/elido-deal-click-hsmeta.json.pending';

const plants: [string, Plant, { check: string; says: string }][] = [
  [
    'a platform version that does not exist',
    swap('hsproject.json', '2026.03', '2031.01'),
    { check: 'hubspot', says: '2031.01' },
  ],
  [
    'a source folder that does not exist',
    swap('hsproject.json', '"src"', '"source"'),
    { check: 'hubspot', says: 'source' },
  ],
  ['a file that is not JSON', swap(tab, '{', '{,'), { check: 'hubspot', says: 'deal-tab-hsmeta.json' }],
  ['a key that HubSpot does not know', swap(tab, '"uid"', '"owner": "us", "uid"'), { check: 'hubspot', says: 'owner' }],
  ['a uid with a blank', swap(tab, 'elido_deal_tab', 'elido deal tab'), { check: 'hubspot', says: 'uid' }],
  [
    'a uid that is there twice',
    swap(tab, 'elido_deal_tab', 'elido_deal_sidebar'),
    { check: 'hubspot', says: 'elido_deal_sidebar' },
  ],
  [
    'a component in the wrong folder',
    move(hooks, 'src/app/webhooks-hsmeta.json'),
    { check: 'hubspot', says: 'webhooks-hsmeta.json' },
  ],
  [
    'two settings pages',
    write(
      'src/app/settings/two-hsmeta.json',
      '{"uid":"two","type":"settings","config":{"entrypoint":"/app/settings/Settings.tsx"}}',
    ),
    { check: 'hubspot', says: 'settings' },
  ],
  [
    'a variable that no profile has',
    swap(app, '${SUPPORT_EMAIL}', '${HELP_EMAIL}'),
    { check: 'hubspot', says: 'HELP_EMAIL' },
  ],
  [
    'a place that cards do not have',
    swap(tab, 'crm.record.tab', 'crm.record.roof'),
    { check: 'hubspot', says: 'location' },
  ],
  [
    'an app name that is too long',
    swap(app, '"name": "Elido"', `"name": "${'Elido'.repeat(50)}"`),
    { check: 'hubspot', says: '200' },
  ],
  [
    'an address that is not https',
    swap('src/hsprofile.prod.json', 'https://elido.example.com"', 'http://elido.example.com"'),
    { check: 'hubspot', says: 'https' },
  ],
  [
    'a scope that the server asks for and the app lacks',
    swap(app, '"timeline"', '"tickets"'),
    { check: 'scopes', says: 'lacks timeline' },
  ],
  ['a scope that nothing uses', swap(app, '"automation"', '"automation", "files"'), { check: 'scopes', says: 'files' }],
  [
    'an action at an address the server does not have',
    swap(wait, '/wait-for-click', '/wait'),
    { check: 'addresses', says: '/actions/hubspot/wait' },
  ],
  [
    'an origin with a path',
    swap('src/hsprofile.dev.json', 'elido-dev.example.com', 'elido-dev.example.com/app'),
    { check: 'addresses', says: 'APP_ORIGIN' },
  ],
  [
    'localhost in the app that others install',
    swap('src/hsprofile.prod.json', 'https://elido.example.com/oauth', 'http://localhost:3000/oauth'),
    { check: 'addresses', says: 'localhost' },
  ],
  [
    'cards that may not ask the server',
    swap(app, '"fetch": ["${APP_ORIGIN}"]', '"fetch": []'),
    { check: 'addresses', says: 'permittedUrls' },
  ],
  [
    'an entry point that does not exist',
    swap(tab, 'DealTab.tsx', 'DealCards.tsx'),
    { check: 'files', says: 'DealCards.tsx' },
  ],
  [
    'a card that registers for another place',
    swap('src/app/cards/DealTab.tsx', 'crm.record.tab', 'crm.record.sidebar'),
    { check: 'files', says: 'hubspot.extend' },
  ],
  ['a logo that is no picture', write('src/app/logo.png', 'not a picture'), { check: 'files', says: 'not a PNG' }],
  ['a picture that is too large', write('src/app/logo.png', 'x'.repeat(5_000_001)), { check: 'files', says: '5 MB' }],
  [
    'a webhook that the server throws away',
    swap(hooks, '"propertyName": "email"', '"propertyName": "phone"'),
    { check: 'webhooks', says: 'contact.propertyChange phone' },
  ],
  [
    'a webhook that the server waits for and nobody sends',
    swap(hooks, 'contact.privacyDeletion', 'conversation.creation'),
    { check: 'webhooks', says: 'contact.privacyDeletion' },
  ],
  [
    'an input field that the server does not read',
    swap(wait, '"name": "link_tag"', '"name": "link_label"'),
    { check: 'actions', says: 'link_label' },
  ],
  ['an action without German', swap(wait, '"de": {', '"nl": {'), { check: 'actions', says: 'de' }],
  [
    'a label with a field that is not there',
    swap(wait, '{{wait_days}}', '{{days}}'),
    { check: 'actions', says: '{{days}}' },
  ],
  [
    'an event type that shows a property it does not have',
    swap(event, '{{campaign}}', '{{campaigne}}'),
    { check: 'app-events', says: '{{campaigne}}' },
  ],
  [
    'an event type under another uid',
    swap(event, 'elido_deal_click', 'elido_deal_clicks'),
    { check: 'app-events', says: 'elido_deal_click,' },
  ],
  [
    'an event type whose name is too long',
    swap(event, 'Elido link click by a deal contact', 'Elido '.repeat(10)),
    { check: 'app-events', says: '50' },
  ],
  [
    'a token',
    swap('src/README.md', '# src', '# src pat-eu1-01234567-89ab-cdef'),
    { check: 'secrets', says: 'private app token' },
  ],
  [
    'a client secret in a profile',
    swap('src/hsprofile.dev.json', '"APP_ORIGIN"', '"CLIENT_SECRET": "0123456789", "APP_ORIGIN"'),
    { check: 'secrets', says: 'client secret' },
  ],
  [
    'an unfinished note',
    swap('src/app/cards/DealTab.tsx', '// The deal', '// TODO The deal'),
    { check: 'leftovers', says: 'unfinished' },
  ],
  [
    'console output',
    swap('src/app/cards/DealTab.tsx', 'hubspot.extend', "console.log('here');\nhubspot.extend"),
    { check: 'leftovers', says: 'console' },
  ],
  [
    'a test beside the cards',
    write('src/app/cards/deal.test.tsx', ''),
    { check: 'leftovers', says: 'must not be uploaded' },
  ],
];

describe('the validation of the HubSpot project', () => {
  it('finds nothing wrong with ours', async () => {
    const { problems, components } = await validateProject(root, { quick: true });
    expect(problems).toEqual([]);
    expect(components).toBe(11);
  });

  it.each(plants)('finds %s', async (_, plant, { check, says }) => {
    const copy = copyProject();
    plant(copy);
    const { problems } = await validateProject(copy, { quick: true });
    const found = problems.filter(
      (problem) => problem.check === check && `${problem.file} ${problem.message}`.includes(says),
    );
    expect({ found: found.length > 0, problems }).toMatchObject({ found: true });
  });

  it('repeats no secret that it finds', async () => {
    const copy = copyProject();
    swap('src/README.md', '# src', '# src pat-eu1-01234567-89ab-cdef')(copy);
    const { problems } = await validateProject(copy, { quick: true });
    expect(JSON.stringify(problems)).not.toContain('01234567');
  });

  it(
    'finds what HubSpot’s lint and builder refuse: HTML, and an import of what is not there',
    { timeout: 300_000 },
    async () => {
      const copy = copyProject();
      swap('src/app/cards/DealTab.tsx', '<DealCard />', '<div><DealCard /></div>')(copy);
      swap('src/app/pages/Home.tsx', "'./HomePage.tsx'", "'./Nowhere.tsx'")(copy);
      const { problems } = await validateProject(copy);
      expect(problems.find(({ check }) => check === 'lint')?.message).toContain('DealTab.tsx');
      expect(problems.find(({ check }) => check === 'build')?.message).toContain('Nowhere.tsx');
    },
  );
});
