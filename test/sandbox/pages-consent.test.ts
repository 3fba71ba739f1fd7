// The consent page as markup: what is asked, who can answer, and that nothing typed elsewhere becomes an element.
import { describe, expect, it } from 'vitest';
import { renderConsent, renderOAuthError } from '../../sandbox/pages/consent.ts';
import type { ConsentView } from '../../sandbox/state/views.ts';

const view: ConsentView = {
  appName: 'Elido',
  accounts: [
    { portalId: 1001, name: 'First account', domain: 'first.example.com', selected: false },
    { portalId: 1002, name: 'Second account', domain: 'second.example.com', selected: true },
  ],
  requiredScopes: ['oauth', 'crm.objects.contacts.read'],
  optionalScopes: ['crm.objects.deals.write'],
  hiddenFields: { client_id: 'client', redirect_uri: 'http://localhost:3000/oauth/callback', state: 'a"b' },
  action: '/oauth/authorize/decision',
};

describe('the consent page', () => {
  it('posts the decision with the account and the original query', () => {
    const page = renderConsent(view);
    expect(page).toContain('method="post" action="/oauth/authorize/decision"');
    expect(page).toContain('name="state" value="a&quot;b"');
    expect(page).toContain('name="decision" value="grant"');
    expect(page).toContain('name="decision" value="deny"');
  });

  it('selects the account that the address named, and no other', () => {
    const checked = [...renderConsent(view).matchAll(/value="(\d+)"[^>]*\schecked/g)].map((match) => match[1]);
    expect(checked).toEqual(['1002']);
  });

  it('selects the only account there is', () => {
    const accounts = [{ portalId: 1001, name: 'Only', domain: 'only.example.com', selected: false }];
    expect(renderConsent({ ...view, accounts })).toMatch(/value="1001"[^>]*\schecked/);
  });

  it('selects none of several when the address named none', () => {
    const accounts = view.accounts.map((account) => ({ ...account, selected: false }));
    expect(renderConsent({ ...view, accounts })).not.toMatch(/\schecked/);
  });

  it('says in words what each scope allows, required apart from optional', () => {
    const [required, optional] = renderConsent(view).split('And, where the account offers it');
    expect(required).toContain('See contacts and their properties');
    expect(required).toContain('crm.objects.contacts.read');
    expect(optional).toContain('crm.objects.deals.write');
  });

  it('shows a scope it does not know by its name', () => {
    expect(renderConsent({ ...view, requiredScopes: ['some.new.scope'] })).toContain('some.new.scope');
  });

  it('lets the answer lead to the app, which a form policy would stop', () => {
    expect(renderConsent(view)).not.toContain('form-action');
    expect(renderOAuthError('Wrong address')).toContain('form-action &#39;none&#39;');
  });

  it.each(['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>'])('shows %s as text everywhere', (text) => {
    const page = renderConsent({
      ...view,
      appName: text,
      accounts: [{ portalId: 1001, name: text, domain: text, selected: true }],
      requiredScopes: [text],
      hiddenFields: { [text]: text },
    });
    expect(page).not.toMatch(/<(script|img)/);
    expect(renderOAuthError(text)).not.toMatch(/<(script|img)/);
  });
});
