import { CommerceError } from '../errors/commerce-error.ts';

/** Throws `options.invalid` unless `value` is a whole number from `least`. `call` names the option: `work({ limit })`. */
export function checkCount(call: string, value: unknown, least: number): void {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return;
  throw new CommerceError({
    code: 'options.invalid',
    message: `Nothing was done: ${call} wants a whole number from ${least}, got ${seen(value)}. Pass one.`,
  });
}

/** Throws `options.invalid` unless a decision is somebody's: the audit must not hold one of nobody. Without an id it is one on many. */
export function checkActor(id: string | undefined, action: string, actor: unknown): void {
  const by = fieldOf(actor, 'by');
  if (isText(by)) return;
  throw undecided(id, action, `it came from nobody (${seen(by)} as "by")`, 'Pass { by } with a name for the audit.');
}

/** Throws `options.invalid` unless a decision says why. */
export function checkNote(id: string | undefined, action: string, actor: unknown): void {
  const note = fieldOf(actor, 'note');
  if (isText(note)) return;
  throw undecided(
    id,
    action,
    `it came without a note (${seen(note)})`,
    'Pass { note } that says what was done, or why not.',
  );
}

/** Throws `options.invalid` unless an exception is given to somebody, or back to everybody with `undefined`. */
export function checkAssignee(id: string, to: unknown): void {
  if (to === undefined || isText(to)) return;
  throw undecided(id, 'assigned', `it was given to nobody (${seen(to)})`, 'Pass a name, or undefined for everybody.');
}

function undecided(id: string | undefined, action: string, why: string, next: string): CommerceError {
  const what = id === undefined ? 'No exception was' : `Exception "${id}" was not`;
  return new CommerceError({
    code: 'options.invalid',
    message: `${what} ${action}: ${why}. ${next}`,
  });
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function seen(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null || typeof value === 'number') return `"${value}"`;
  if (typeof value === 'string') return value.trim() === '' ? 'a blank text' : 'a text';
  return `a ${typeof value}`;
}
