import * as z from 'zod';
import type { Clock, Random } from '../ports/clock.ts';
import type { SharedStore } from '../ports/stores.ts';

/**
 * Schemas of what every connector runs on, to spread into the schema of its options. A part that is left out has the
 * platform's own as its default.
 */
export const runtimeOptions = {
  fetch: z
    .custom<typeof globalThis.fetch>((value) => typeof value === 'function', 'wants a function like `globalThis.fetch`')
    .optional(),
  clock: z.custom<Clock>(isClock, 'wants a clock with `now`, `sleep` and `deadline`').optional(),
  random: z
    .custom<Random>((value) => typeof value === 'function', 'wants a function that gives numbers from 0 up to 1')
    .optional(),
  shared: z.custom<SharedStore>(isShared, 'wants the `shared` of your stores').optional(),
};

function isShared(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'update') === 'function';
}

function isClock(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return ['now', 'sleep', 'deadline'].every((method) => typeof Reflect.get(value, method) === 'function');
}

/** Schema of where a platform answers: scheme and host. Gives it without a slash at the end. */
export const originOption = z
  .string()
  .refine(
    isOrigin,
    'wants scheme and host with http or https and no user, path or query. Pass one such as "https://proxy.example"',
  )
  .transform((origin) => new URL(origin).origin);

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, pathname, search, hash } = new URL(text);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  return isWeb && pathname === '/' && [username, password, search, hash].every((part) => part === '');
}
