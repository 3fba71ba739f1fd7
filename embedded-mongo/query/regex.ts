/** MongoDB's regular expressions on JavaScript's engine. Options other than i, m, s and x are refused. */
import { BSONRegExp } from 'bson';
import { ServerError, fail } from '../errors.ts';

function dropComments(pattern: string): string {
  return pattern.replace(/\\.|\[(?:\\.|[^\]])*\]|\s+|#.*$/gm, (part) => (/^[\s#]/.test(part) ? '' : part));
}

export function toRegExp(pattern: unknown, options?: unknown): RegExp {
  const given = pattern instanceof BSONRegExp ? pattern.pattern : pattern;
  const wanted = options ?? (pattern instanceof BSONRegExp ? pattern.options : '');
  if (typeof given !== 'string') return fail(2, '$regex has to be a string');
  if (typeof wanted !== 'string') return fail(2, '$options has to be a string');
  let source: string = given;
  let flags: string = wanted;
  const inline = /^\(\?([imsx]+)\)/.exec(source);
  if (inline) {
    source = source.slice(inline[0].length);
    flags += inline[1] ?? '';
  }
  const unknown = /[^imsxu]/.exec(flags);
  if (unknown) throw new ServerError(51108, `invalid flag in regex options: ${unknown[0]}`);
  if (flags.includes('x')) source = dropComments(source);
  try {
    const jsFlags = [...new Set(flags.replace(/[xu]/g, ''))].join('');
    return new RegExp(source, /[^ -~]|\\p\{/.test(source) ? `${jsFlags}u` : jsFlags);
  } catch (error) {
    throw new ServerError(
      51091,
      `Regular expression is invalid: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
