// Headers for everything but redirects, which set their own few. Pages of ours bring a policy that allows their one style.
import helmet from 'helmet';
import type { RequestHandler } from 'express';

export function secureHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
    },
    xFrameOptions: { action: 'deny' },
  });
}
