// The rights the app asks for in HubSpot, why each, and what does not work without it.
import { Badge } from '../../components/Badge.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Card } from '../../components/Page.tsx';
import type { Connection } from '../../api/contract.ts';

export function ScopesCard({ connection: { asked_scopes: asked, health } }: { connection: Connection }) {
  // Of a private app nobody says what it may do; what is denied stands in the health.
  const isTold = health.token_expires_at !== null;
  const missing = isTold ? asked.filter(({ granted }) => !granted) : [];
  return (
    <Card
      title="Rights in HubSpot"
      description="The least that works. Each is for one thing."
      actions={missing.length > 0 && <Badge tone="bad">{missing.length} missing</Badge>}
      flush
    >
      <ul className="divide-y divide-line border-t border-line">
        {[...missing, ...asked.filter((scope) => !missing.includes(scope))].map(
          ({ scope, granted, reason, without }) => (
            <li key={scope} className="flex gap-3 px-4 py-3 sm:px-5">
              <Icon
                name={granted || !isTold ? 'check' : 'warn'}
                size={16}
                className={`mt-0.5 ${granted ? 'text-good' : isTold ? 'text-bad' : 'text-muted'}`}
              />
              <div className="min-w-0">
                <p>
                  <code className="font-mono text-[0.8125rem] break-all">{scope}</code>
                  <span className="sr-only">{!isTold ? '' : granted ? ' granted' : ' missing'}</span>
                </p>
                <p className="text-muted">{reason}</p>
                {isTold && !granted && <p className="font-medium text-bad">{without}</p>}
              </div>
            </li>
          ),
        )}
      </ul>
    </Card>
  );
}
