// The values of the form as the API wants them. Pure.
import type { LinkChange } from '../../api/contract.ts';
import { utmNames, type UtmValues } from './addresses.ts';

export function filledUtm(utm: UtmValues): NonNullable<LinkChange['utm']> {
  return Object.fromEntries(utmNames.flatMap((name) => (utm[name].trim() === '' ? [] : [[name, utm[name]]])));
}
