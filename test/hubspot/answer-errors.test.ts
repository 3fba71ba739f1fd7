// The documented failures of HubSpot, each with the code, the wait and the facts it becomes.
import { describe, expect, test } from 'vitest';
import { errorOfAnswer, errorOfRow, type FailedAnswer } from '../../server/hubspot/answer-errors.ts';

const correlationId = '0198c0de-0000-7000-8000-000000000001';
const route = 'POST /crm/objects/{v}/contacts/batch/update';

function answer(status: number, body: unknown, change: Partial<FailedAnswer> & { retryAfter?: string } = {}) {
  const headers = new Headers(change.retryAfter === undefined ? {} : { 'Retry-After': change.retryAfter });
  return errorOfAnswer({ status, body, headers, route, effect: 'write', ...change });
}

const error = (message: string, more: object = {}) => ({ status: 'error', message, correlationId, ...more });

describe('rights', () => {
  test.each([
    [
      'no token',
      error('Authentication credentials not found.', { category: 'INVALID_AUTHENTICATION' }),
      'INVALID_AUTHENTICATION',
    ],
    [
      'an expired token',
      error('The OAuth token used to make this call expired 0 second(s) ago.', {
        category: 'EXPIRED_AUTHENTICATION',
        context: { 'expire time': ['2026-03-10T23:04:41.164Z'] },
      }),
      'EXPIRED_AUTHENTICATION',
    ],
  ])('401 for %s is a rejected token with its category', (_case, body, category) => {
    expect(answer(401, body)).toMatchObject({
      code: 'hubspot_token_rejected',
      details: { status: 401, correlationId, route, category },
    });
  });

  test.each([
    [
      'objects',
      error("This app hasn't been granted all required scopes to make this call.", {
        errors: [{ message: 'One or more', context: { requiredGranularScopes: ['crm.objects.contacts.write'] } }],
        category: 'MISSING_SCOPES',
      }),
    ],
    [
      'objects, older',
      error('scopes', {
        errors: [{ message: 'x', context: { requiredScopes: ['crm.objects.contacts.write'] } }],
        category: 'MISSING_SCOPES',
      }),
    ],
    [
      'schemas',
      error('One or more of the following scopes are required.', {
        context: {
          requiredGranularScopes: ['crm.objects.contacts.write'],
          links: ['https://developers.hubspot.com/scopes'],
        },
        category: 'MISSING_SCOPES',
      }),
    ],
  ])('403 in the shape of %s names the missing scope', (_case, body) => {
    const refused = answer(403, body);
    expect(refused).toMatchObject({
      code: 'hubspot_insufficient_permissions',
      details: { scopes: ['crm.objects.contacts.write'] },
    });
    expect(refused.message).toContain('crm.objects.contacts.write');
    expect(refused.message).toContain('super admin');
  });

  test('403 without scopes is the same code', () => {
    expect(answer(403, error('This app is blocked.'))).toMatchObject({
      code: 'hubspot_insufficient_permissions',
      details: { scopes: [] },
    });
  });
});

describe('limits and locks', () => {
  const limited = (policyName: string) =>
    error('You have reached your limit.', { errorType: 'RATE_LIMIT', policyName });

  test.each([
    ['TEN_SECONDLY_ROLLING', undefined, 10_000],
    ['SECONDLY', undefined, 1_000],
    ['DAILY', undefined, 3_600_000],
    ['TEN_SECONDLY_ROLLING', '4', 4_000],
    ['DAILY', '120', 120_000],
    ['TEN_SECONDLY_ROLLING', '0', 0],
  ])('429 %s with Retry-After %s waits %d ms', (policy, retryAfter, ms) => {
    const refused = answer(429, limited(policy), retryAfter === undefined ? {} : { retryAfter });
    expect(refused).toMatchObject({ code: 'hubspot_rate_limited', retryAfterMs: ms, details: { policy } });
  });

  test('429 of the token endpoint has no policy and still waits', () => {
    expect(answer(429, { message: 'You have reached your rate limit.' }, { retryAfter: '7' })).toMatchObject({
      code: 'hubspot_rate_limited',
      retryAfterMs: 7_000,
    });
    expect(answer(429, null)).toMatchObject({ code: 'hubspot_rate_limited', retryAfterMs: 10_000 });
  });

  test.each([[423, undefined, 2_000]])('%d is a lock of %s', (status, retryAfter, ms) => {
    expect(answer(status, null, retryAfter === undefined ? {} : { retryAfter })).toMatchObject({
      code: 'hubspot_locked',
      retryAfterMs: ms,
    });
  });
});

describe('outages', () => {
  test.each([
    [500, 'read', 'hubspot_unavailable'],
    [500, 'write', 'hubspot_unavailable'],
    [503, 'write', 'hubspot_unavailable'],
    [502, 'read', 'hubspot_unavailable'],
    [502, 'write', 'hubspot_outcome_unknown'],
    [504, 'write', 'hubspot_outcome_unknown'],
    [521, 'write', 'hubspot_outcome_unknown'],
    [524, 'write', 'hubspot_outcome_unknown'],
    [526, 'read', 'hubspot_unavailable'],
  ] as const)('%d on a %s is %s', (status, effect, code) => {
    const failed = answer(status, '<html>', { effect });
    expect(failed.code).toBe(code);
  });
});

describe('refusals', () => {
  test('404 needs no category', () => {
    expect(answer(404, error('resource not found'))).toMatchObject({ code: 'hubspot_not_found' });
  });

  test.each([
    [error('Contact already exists. Existing ID: 512159482605', { category: 'CONFLICT' }), '512159482605'],
    [
      error('Contact already exists', { category: 'CONFLICT', context: { existingId: ['171591000198'] } }),
      '171591000198',
    ],
    [error("A property named 'elido_x' already exists.", { category: 'OBJECT_ALREADY_EXISTS' }), undefined],
  ])('409 names the record that is there, when HubSpot does', (body, existingId) => {
    const conflict = answer(409, body);
    expect(conflict.code).toBe('hubspot_conflict');
    expect(conflict.details['existingId']).toBe(existingId);
  });

  const valueFaults = JSON.stringify([
    {
      isValid: false,
      message: '"secret@example.com" was not one of the allowed options',
      error: 'INVALID_OPTION',
      name: 'stage',
    },
  ]);

  test.each([
    [
      'in errors',
      error(`Property values were not valid: ${valueFaults}`, {
        category: 'VALIDATION_ERROR',
        errors: [
          { message: 'secret@example.com was not one', code: 'INVALID_OPTION', context: { propertyName: ['stage'] } },
        ],
      }),
      [{ code: 'INVALID_OPTION', property: 'stage' }],
    ],
    [
      'only in the sentence',
      error(`Property values were not valid: ${valueFaults}`),
      [{ code: 'INVALID_OPTION', property: 'stage' }],
    ],
    [
      'as a taken value',
      error(
        'Cannot set PropertyValueCoordinates{portalId=1, objectTypeId=ObjectTypeId{legacyObjectType=CONTACT}, propertyName=email, value=secret@example.com} on 552148386511. 552239500007 already has that value.',
        { category: 'VALIDATION_ERROR' },
      ),
      [{ code: 'VALUE_TAKEN', property: 'email' }],
    ],
    [
      'as a write rule',
      error('rule', {
        errors: [
          { code: 'MISSING_CONDITIONAL_REQUIRED_PROPERTY', message: 'm', context: { propertyName: ['closedate'] } },
        ],
      }),
      [{ code: 'MISSING_CONDITIONAL_REQUIRED_PROPERTY', property: 'closedate' }],
    ],
  ])('400 with faults %s names code and property, never the value', (_case, body, errors) => {
    const refused = answer(400, body);
    expect(refused).toMatchObject({ code: 'hubspot_validation', details: { status: 400, errors } });
    expect(JSON.stringify([refused.message, refused.details])).not.toContain('secret');
  });

  test.each([
    ['Unable to infer object type from: butterflies', 'butterflies'],
    ['Invalid input JSON on line 1, column 77: Cannot deserialize "secret@example.com"', 'column 77'],
    ['Duplicate IDs found in batch input: [123456]. IDs must be unique', '123456'],
    ['Event type "elido_contact_click" does not exist', 'elido_contact_click'],
    ['A sentence nobody foresaw about secret@example.com', ''],
  ])('the sentence "%s" is repeated only as far as it is known to be harmless', (message, part) => {
    const refused = answer(400, error(message));
    expect(refused.message).toContain(part);
    expect(JSON.stringify([refused.message, refused.details])).not.toContain('secret');
  });

  test.each([
    [null],
    ['<html>'],
    [[]],
    [{ errors: 'no list' }],
    [{ status: 400, errors: [{ message: 'Event x failed with validation error(s)' }] }],
  ])('a body of another shape (%j) is still a refusal', (body) =>
    expect(answer(400, body).code).toBe('hubspot_validation'),
  );

  test('the correlation id comes from the header when the body has none', () => {
    const headers = new Headers({ 'x-hubspot-correlation-id': correlationId });
    expect(answer(414, null, { headers }).details['correlationId']).toBe(correlationId);
  });

  test('a redirect is not followed and not taken for success', () => {
    expect(answer(302, null).code).toBe('hubspot_unavailable');
  });

  test.each([
    ['OBJECT_NOT_FOUND', 'hubspot_not_found'],
    ['CONFLICT', 'hubspot_conflict'],
    ['VALIDATION_ERROR', 'hubspot_validation'],
    ['SOMETHING_NEW', 'hubspot_validation'],
  ])('a row of category %s is %s', (category, code) => {
    expect(errorOfRow({ row: { status: 'error', category, message: 'm', context: {} }, route }).code).toBe(code);
  });
});
