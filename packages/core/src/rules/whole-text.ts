import { CommerceError } from '../errors/commerce-error.ts';

/**
 * Throws `record.invalid` when a text in `value` holds half of a surrogate pair: written as UTF-8 it becomes another
 * text, and two ids become one.
 */
export function refuseBrokenText(value: unknown): void {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw broken();
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) refuseBrokenText(part);
  }
}

function broken(): CommerceError {
  return new CommerceError({
    code: 'record.invalid',
    message:
      'A text was neither stored nor looked for: it holds half of a character (a lone surrogate). Correct it where it comes from.',
  });
}
