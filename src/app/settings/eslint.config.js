// What `hs project lint` checks: HubSpot's own rules (no HTML, no fetch, no imports from outside), hooks and types.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import reactHooks from 'eslint-plugin-react-hooks';
import { config as hubspotRules } from '@hubspot/eslint-config-ui-extensions';

export default [
  js.configs.recommended,
  ...tseslint.configs.recommended,
  reactHooks.configs.flat['recommended-latest'],
  ...hubspotRules,
];
