// Every address that HubSpot will call is on our own origin and is one that the server answers.
import { z } from 'zod';
import type { Project, Problem } from '../read-project.ts';

/** What the server answers to HubSpot, by the kind of component that names it. */
const served: Record<string, (path: string) => boolean> = {
  APPLICATION: (path) => path === '/oauth/callback',
  WEBHOOKS: (path) => path === '/webhooks/hubspot',
  WORKFLOW_ACTION: (path) => /^\/actions\/hubspot\/(wait-for-click|create-link|report-conversion)$/.test(path),
};

const calledSchema = z.object({
  actionUrl: z.string().optional(),
  settings: z.object({ targetUrl: z.string() }).optional(),
  auth: z.object({ redirectUrls: z.array(z.string()) }).optional(),
  permittedUrls: z.object({ fetch: z.array(z.string()).default([]) }).optional(),
});

export function checkAddresses({ profiles }: Project): Problem[] {
  return profiles.flatMap(({ name, variables, components }) => {
    const origin = String(variables.APP_ORIGIN ?? '');
    const file = `src/hsprofile.${name}.json`;
    const own = URL.canParse(origin) && new URL(origin).origin === origin && origin.startsWith('https://');
    const problems = own
      ? []
      : [report(file, 'APP_ORIGIN must be an https origin without a path, such as https://elido.example.com.')];
    return [
      ...problems,
      ...components.flatMap((component) => {
        const called = calledSchema.parse(component.config);
        const redirects = called.auth?.redirectUrls ?? [];
        const ours = [called.actionUrl, called.settings?.targetUrl].flatMap((url) => url ?? []);
        const permitted = called.permittedUrls?.fetch ?? [origin];
        return [
          ...[...ours, ...redirects]
            .filter((url) => !answers(component.type, url))
            .map((url) => report(component.file, `${url}: the server has no such address.`)),
          ...ours
            .filter((url) => URL.canParse(url) && new URL(url).origin !== origin)
            .map((url) => report(component.file, `${url} is not on APP_ORIGIN (${origin}).`)),
          ...(name === 'prod'
            ? redirects
                .filter((url) => url.includes('localhost'))
                .map((url) => report(file, `${url}: no localhost in the app that others install.`))
            : []),
          ...(permitted.includes(origin)
            ? []
            : [report(component.file, `permittedUrls.fetch lacks ${origin}: no card could ask the server.`)]),
        ];
      }),
    ];
  });
}

function answers(type: string, url: string): boolean {
  return URL.canParse(url) && (served[type]?.(new URL(url).pathname) ?? false);
}

function report(file: string, message: string): Problem {
  return { check: 'addresses', file, message };
}
