// What kind of device a user agent says it is. Remembers the last thousand, since a campaign's readers share a few dozen.
import bowser from 'bowser';
import { makeLru } from '../../lib/lru.ts';

const { getParser } = bowser;

/** `desktop`, `mobile`, `tablet`, `tv`, `bot`, or empty. */
export type DeviceOf = (userAgent: string) => string;

export function makeDeviceOf(): DeviceOf {
  // The answer never ages: a clock that stands still.
  const known = makeLru<string>({ max: 1_000, ttlMs: 1, now: () => 0 });
  return (userAgent) => {
    if (userAgent === '') return '';
    const remembered = known.get(userAgent);
    if (remembered) return remembered.value;
    const device = getParser(userAgent, true).getPlatformType(true);
    known.set(userAgent, device);
    return device;
  };
}
