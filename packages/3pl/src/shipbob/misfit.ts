import type * as z from 'zod';

/** Where an answer does not fit its schema, in words. What stands there is left out: it may be somebody's address. */
export function misfitOf({ issues }: z.ZodError): string {
  return issues.map(({ path, code }) => `"${path.join('.')}" (${code})`).join(', ');
}
