/** Where the sandbox finds the extensions it shows, and how it reaches the server they call. */

export type PreviewOptions = {
  /** Bundles and `manifest.json`, as `npm run build:cards` writes them. */
  extensionsFolder: string;
  /** The project's srcDir: `app/app-hsmeta.json`, `app/local.json`, `hsprofile.*.json`. */
  sourceFolder: string;
  /** The built page and worker. Default: dist/preview under the working directory. */
  hostFolder?: string;
  /** `dev` reads `hsprofile.dev.json`. */
  profile?: string;
  /** The app that owns the extensions. Left out: the first one registered. */
  appId?: number;
  /** Public origin -> local address; takes precedence over `local.json`. */
  proxy?: Record<string, string>;
};
