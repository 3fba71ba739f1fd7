import { Button, EmptyState, ErrorState, Form, Input, LoadingButton, Select, Toggle } from '@hubspot/ui-extensions';
import { afterEach, expect, it, vi } from 'vitest';
import { SettingsPage } from '../../../src/app/settings/SettingsPage.tsx';
import type { CardProperties, Property } from '../../../src/app/cards/shared/card-api.ts';
import { settings } from './replies.ts';
import { answer, readAll, show, type Answers } from './stage.ts';

afterEach(() => vi.restoreAllMocks());

const property = (change: Partial<Property>): Property => ({
  name: 'lead_source',
  label: 'Lead source',
  type: 'string',
  field_type: 'text',
  group: 'contactinformation',
  read_only: false,
  mappable: true,
  reason: null,
  sources: ['utm_source', 'utm_medium'],
  options: [],
  ...change,
});

const properties: CardProperties = {
  properties: [
    property({}),
    property({ name: 'last_medium', label: 'Last medium' }),
    property({ name: 'score', label: 'Score', type: 'number', sources: ['value'] }),
    property({
      name: 'hs_analytics_source',
      label: 'Original source',
      mappable: false,
      reason: 'It keeps its first value.',
    }),
  ],
  more: false,
  known: true,
};

const open = async (answers: Answers = {}, language = 'en') => {
  const asked = answer({ getCardSettings: settings(), getCardProperties: properties, ...answers });
  const page = show(<SettingsPage />, { location: 'settings', language });
  await page.waitFor(() => page.find(Form));
  await page.waitFor(() => expect(readAll(page)).toContain('1 '));
  return { page, asked };
};

it('shows health, permissions with reasons, the last renewal and how long data is kept', async () => {
  const { page } = await open();
  const text = readAll(page);
  for (const part of [
    'Connected',
    'acme.example.com',
    'Nov 25, 2026',
    'Writes the clicks.',
    '400 days',
    'Pricing readers',
  ])
    expect(text).toContain(part);
  expect(page.maybeFindByTestId(LoadingButton, 'save')).toBeNull();
});

it('names the remedy for a connection that is broken', async () => {
  const selected = settings().selected;
  if (!selected) throw new Error('connected in the fixture');
  const reason = { code: 'hubspot_token_revoked', words: 'Token revoked.', next: 'Reinstall the app.' };
  const broken = settings({
    selected: { ...selected, health: { ...selected.health, state: 'needs_sign_in', reason } },
  });
  const { page } = await open({ getCardSettings: broken });
  expect(readAll(page)).toContain('What to do: Reinstall the app.');
});

it('offers only properties that can hold the value, and explains those that cannot be mapped', async () => {
  const { page } = await open();
  await page.waitFor(() => expect(page.find(Select, { name: 'property_0' }).props.options).toHaveLength(2));
  expect(readAll(page)).toContain('Original source (hs_analytics_source): It keeps its first value.');
});

it('says that changes are not saved, saves them in one go and is clean again', async () => {
  const saved = settings({
    field_mapping: [
      {
        source: 'utm_source',
        object: 'contact',
        property: 'last_medium',
        label: 'Last medium',
        type: 'string',
        problem: null,
      },
    ],
  });
  const { page, asked } = await open({ putCardFieldMapping: saved });
  await page.waitFor(() => expect(page.find(Select, { name: 'property_0' }).props.options).toHaveLength(2));
  page.find(Select, { name: 'property_0' }).trigger('onChange', 'last_medium' as never);
  await page.waitFor(() => page.findByTestId(LoadingButton, 'save'));
  expect(readAll(page)).toContain('You have changes that are not saved');
  expect(page.findByTestId(Button, 'disconnect').props.disabled).toBe(true);
  page.find(Form).trigger('onSubmit');
  await page.waitFor(() => expect(page.maybeFindByTestId(LoadingButton, 'save')).toBeNull());
  expect(asked.filter(({ method }) => method !== 'GET')).toEqual([
    {
      method: 'PUT',
      path: '/card/v1/settings/field-mapping',
      query: {},
      body: { rows: [{ source: 'utm_source', property: 'last_medium' }], connection_id: 'con_1' },
    },
  ]);
  expect(page.mocks.actions.addAlert.calls[0]?.[0]).toMatchObject({ type: 'success' });
});

it('puts the refusal of the server beside the field that it is about', async () => {
  const { page } = await open({
    putCardFieldMapping: () => ({
      status: 422,
      code: 'mapping_refused',
      message: 'lead_source is read-only in HubSpot.',
      field: 'rows.0.property',
    }),
  });
  page.find(Select, { name: 'source_0' }).trigger('onChange', 'value' as never);
  await page.waitFor(() => page.findByTestId(LoadingButton, 'save'));
  page.find(Form).trigger('onSubmit');
  await page.waitFor(() =>
    expect(page.find(Select, { name: 'property_0' }).props).toMatchObject({
      error: true,
      validationMessage: 'lead_source is read-only in HubSpot.',
    }),
  );
  page.findByTestId(Button, 'discard').trigger('onClick');
  await page.waitFor(() => expect(page.maybeFindByTestId(LoadingButton, 'save')).toBeNull());
  expect(page.find(Select, { name: 'source_0' }).props.value).toBe('utm_source');
});

it('sends nothing while a row has no property', async () => {
  const { page, asked } = await open();
  page.findByTestId(Button, 'add-row').trigger('onClick');
  await page.waitFor(() => page.find(Select, { name: 'property_1' }));
  page.find(Form).trigger('onSubmit');
  await page.waitFor(() =>
    expect(page.find(Select, { name: 'property_1' }).props.validationMessage).toBe('Choose a property.'),
  );
  expect(asked.every(({ method }) => method === 'GET')).toBe(true);
});

it('tries the mapping on a real contact: now beside what it would become', async () => {
  const row = {
    source: 'utm_source',
    property: 'lead_source',
    label: 'Lead source',
    type: 'string',
    problem: null,
  } as const;
  const { page, asked } = await open({
    postCardFieldMappingTry: {
      contact: { id: '501', name: 'Jane Doe' },
      basis: 'own',
      rows: [{ ...row, before: 'fair', after: 'webinar', changes: true }],
    },
  });
  page.find(Input, { name: 'contact_id' }).trigger('onInput', 'jane' as never);
  page.findByTestId(LoadingButton, 'try').trigger('onClick');
  await page.waitFor(() => expect(readAll(page)).toContain('A contact ID is made of digits only.'));
  page.find(Input, { name: 'contact_id' }).trigger('onInput', '501' as never);
  page.findByTestId(LoadingButton, 'try').trigger('onClick');
  await page.waitFor(() => expect(readAll(page)).toContain('Jane Doe: values of the last touch.'));
  expect(readAll(page)).toContain('"fair"');
  expect(readAll(page)).toContain('"webinar"');
  expect(asked.at(-1)?.body).toEqual({
    contact_id: '501',
    rows: [{ source: 'utm_source', property: 'lead_source' }],
    connection_id: 'con_1',
  });
});

it('switches a rule off and changes what it does, each saved at once', async () => {
  const { page, asked } = await open({ patchCardRule: settings() });
  page.find(Toggle).trigger('onChange', false as never);
  await page.waitFor(() =>
    expect(asked.at(-1)).toMatchObject({ path: '/card/v1/settings/rules/rul_1', body: { enabled: false } }),
  );
  await page.waitFor(() => expect(page.find(Select, { name: 'mode_rul_1' }).props.readOnly).toBe(false));
  page.find(Select, { name: 'mode_rul_1' }).trigger('onChange', 'watch' as never);
  await page.waitFor(() => expect(asked.at(-1)).toMatchObject({ body: { mode: 'watch' } }));
});

it('disconnects only after the consequences are shown and the id is typed', async () => {
  const { page, asked } = await open({
    postCardDisconnect: { connection: { ...settings().connection, state: 'not_connected' }, hubspot: 'uninstalled' },
  });
  const overlay = () => page.findByTestId(Button, 'disconnect').props.overlay;
  expect(overlay()?.toString()).toContain('3 events on their way will not be written.');
  expect(overlay()?.toString()).toContain('The app is uninstalled from HubSpot');
  overlay()?.find(LoadingButton).trigger('onClick');
  await page.waitFor(() =>
    expect(overlay()?.find(Input).props.validationMessage).toBe('This is not the ID of this account.'),
  );
  overlay()
    ?.find(Input)
    .trigger('onInput', '123' as never);
  await page.waitFor(() => expect(overlay()?.find(Input).props.value).toBe('123'));
  overlay()?.find(LoadingButton).trigger('onClick');
  await page.waitFor(() => expect(page.mocks.actions.addAlert.called).toBe(true));
  expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({ confirm: 123, connection_id: 'con_1' });
});

it('lets a person without the right look and not change', async () => {
  const { page } = await open({
    getCardSettings: settings({ user: { id: '7', can_change: false, reason: 'not_an_admin' } }),
  });
  expect(readAll(page)).toContain('Changes are made by owners and admins of the Elido workspace');
  expect(page.find(Toggle).props.readOnly).toBe(true);
  for (const id of ['add-row', 'disconnect']) expect(page.maybeFindByTestId(Button, id)).toBeNull();
});

it('says how to connect, and how to go on after a failure', async () => {
  answer({ getCardSettings: settings({ selected: null, connections: [] }) });
  const page = show(<SettingsPage />, { location: 'settings' });
  await page.waitFor(() => page.find(EmptyState));
  answer({ getCardSettings: () => 'lost' });
  const broken = show(<SettingsPage />, { location: 'settings', language: 'fr' });
  await broken.waitFor(() => expect(broken.find(ErrorState).props.title).toBe('Impossible de charger les paramètres'));
});
