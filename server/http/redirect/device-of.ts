// What kind of device a user agent says it is.
import { getParser } from 'bowser';
import type { Now } from '../../lib/clock.ts';
import { remembering } from './remembering.ts';

/** `desktop`, `mobile`, `tablet`, `tv`, `bot`, or empty when it says nothing we know. */
export type DeviceOf = (userAgent: string) => string;

export function makeDeviceOf(now: Now): DeviceOf {
  return remembering(parse, now);
}

function parse(userAgent: string): string {
  if (userAgent === '') return '';
  // Only the platform is parsed. For an unknown one the typings promise a string, and undefined comes.
  const platform: string | undefined = getParser(userAgent, true).getPlatformType(true);
  return platform === undefined || platform === 'undefined' ? '' : platform;
}
