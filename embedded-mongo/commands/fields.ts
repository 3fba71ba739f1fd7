/** Refuses what a request asks for and this store does not know, before any of it is done. */
import { ServerError, notSupported } from '../errors.ts';
import { isDoc, type Doc } from '../values/document.ts';

const words = (text: string): Set<string> => new Set(text.split(' '));

/** Any command may have these; they change nothing about its answer here. */
const generic = words(
  '$db lsid $readPreference $clusterTime readConcern writeConcern maxTimeMS comment ordered ' +
    'bypassDocumentValidation apiVersion apiStrict apiDeprecationErrors',
);
/** MongoDB has these; silently leaving them out would change the answer. */
const known = words(
  'collation let c tailable awaitData min max returnKey showRecordId sampleRate capped size timeseries viewOn ' +
    'pipeline validator clusteredIndex encryptedFields expireAfterSeconds changeStreamPreAndPostImages ' +
    'storageEngine indexOptionDefaults explain',
);

const isDefault = (name: string, value: unknown): boolean =>
  value === undefined || value === false || (name === 'collation' && isDoc(value) && value.locale === 'simple');

export function assertFields(what: string, request: Doc, fields: readonly string[]): void {
  const unknown = Object.keys(request).find(
    (name) => !fields.includes(name) && !generic.has(name) && !isDefault(name, request[name]),
  );
  if (unknown === undefined) return;
  if (known.has(unknown)) notSupported(`${what}: ${unknown}`);
  throw new ServerError(40415, `BSON field '${what}.${unknown}' is an unknown field.`);
}

/** A standalone server has no transactions; drivers recognise this refusal. */
export function assertNoTransaction(command: Doc): void {
  if (command.startTransaction !== true && command.autocommit !== false && command.txnNumber === undefined) return;
  throw new ServerError(20, 'Transaction numbers are only allowed on a replica set member or mongos');
}
