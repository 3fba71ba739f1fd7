// What kind of device a user agent says it is.
import { getParser } from 'bowser';

/** `desktop`, `mobile`, `tablet`, `tv`, `bot`, or empty when it says nothing we know. */
export function deviceOf(userAgent: string): string {
  if (userAgent === '') return '';
  // Only the platform is parsed: a few microseconds. For an unknown one the typings promise a string, and undefined comes.
  const platform: string | undefined = getParser(userAgent, true).getPlatformType(true);
  return platform === undefined || platform === 'undefined' ? '' : platform;
}
