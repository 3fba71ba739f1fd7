// What is wrong with a variable, in words: what it must be, with an example that would be accepted. Never its value: it may be a secret.
import { kafkaAdvice } from './kafka-config.ts';

/** What each variable must be, in words, with an example that would be accepted. */
const advice: Record<string, { must: string; example: string }> = {
  NODE_ENV: { must: 'be development, test or production', example: 'production' },
  PORT: { must: 'be a port number', example: '3000' },
  METRICS_PORT: { must: 'be a port number; 0 switches metrics off', example: '9464' },
  PUBLIC_URL: {
    must: 'be the address people and HubSpot reach this server at: https (http only for localhost), no path',
    example: 'https://links.example.com',
  },
  MONGODB_URI: { must: 'be a MongoDB connection string', example: 'mongodb://localhost:27017/elido' },
  ROLE: { must: 'be all, server, worker or topic', example: 'all' },
  ...kafkaAdvice,
  LOG_LEVEL: { must: 'be a pino level', example: 'info' },
  TRUST_PROXY: { must: 'be the number of proxies in front of this server', example: '1' },
  ENCRYPTION_KEYS: {
    must: 'be keyId:base64 of 32 random bytes, comma-separated, the one that encrypts first',
    example: '2026a:$(openssl rand -base64 32)',
  },
  HUBSPOT_CLIENT_ID: { must: 'be the client id of the HubSpot app', example: 'the Auth tab of the app shows it' },
  HUBSPOT_CLIENT_SECRET: {
    must: 'be the client secret of the HubSpot app',
    example: 'the Auth tab of the app shows it',
  },
  HUBSPOT_CLIENT_SECRET_PREVIOUS: {
    must: 'be the client secret before the last rotation, or not be set',
    example: 'leave it empty once HubSpot signs with the new secret',
  },
  WEBHOOK_SIGNATURES: {
    must: 'be one or more of v3, v2 and v1, comma-separated, the strongest first',
    example: 'v3',
  },
  HUBSPOT_PRIVATE_APP_TOKEN: {
    must: 'be the access token of a private app, without spaces',
    example: 'the Auth tab of the private app in HubSpot shows it',
  },
  HUBSPOT_APP_ID: { must: 'be the numeric id of the HubSpot app', example: '1234567' },
  HUBSPOT_API_URL: { must: 'be an http(s) address', example: 'https://api.hubapi.com' },
  HUBSPOT_APP_URL: { must: 'be an http(s) address', example: 'https://app.hubspot.com' },
  HUBSPOT_API_VERSION: { must: 'be a dated API version', example: '2026-03' },
  HUBSPOT_CALL_RESERVE: { must: 'be a whole number below HUBSPOT_CALLS_PER_10S', example: '10' },
  CARD_DEV_PORTAL: {
    must: 'be the id of a test account while you run "hs project dev" against this machine, and never be set in production or with a PUBLIC_URL that others reach',
    example: '62515',
  },
  CARD_DEV_USER: { must: 'be a HubSpot user id', example: '1' },
  EVENT_DIALECT: { must: 'be app_events, timeline_v3 or notes', example: 'app_events' },
  COUNTRY_HEADER: { must: 'be a header name', example: 'cf-ipcountry' },
  RETENTION_DAYS: {
    must: 'be a number of days above RECENT_CLICKS_DAYS and CLICK_MAX_AGE_DAYS, which look back that far',
    example: '400',
  },
};

/** The line for the operator. */
export function complaint(name: string, isSet: boolean): string {
  const { must, example } = advice[name] ?? {
    must: 'be a whole number within its limits',
    example: 'see .env.example',
  };
  return `${name} ${isSet ? 'must' : 'is not set and must'} ${must}. Example: ${name}=${example}`;
}
