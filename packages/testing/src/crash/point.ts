/** How a program is crashed. See `crashEverywhere`. */
export const crashKinds = ['throw', 'kill', 'lost'] as const;
/**
 * One of `crashKinds`. `throw`: the call fails as a broken store or connection does, whatever the program does about it
 * happens, and then it is started again. `kill`: nothing after the point happens. `lost`: what was asked has happened and
 * the answer is a failure; the program goes on.
 */
export type CrashKind = (typeof crashKinds)[number];

/** What a program does that outlives it: a commit of its stores, or a request to another system. */
export type Effect = 'commit' | 'send';
/**
 * A place in a run at which a crash makes a difference. `before`: a commit has everything but its end, a request has not
 * left. `after`: it is done, and nobody has read the answer.
 */
export type CrashPoint = {
  readonly phase: 'before' | 'after';
  readonly effect: Effect;
  /** Which of the effects of its kind, for the eye. Not what it is found by. */
  readonly number: number;
  readonly label: string;
  /** Which of the effects of this label, from 1. */
  readonly occurrence: number;
};
/** A crash at a point. */
export type Crash = { readonly kind: CrashKind; readonly point: CrashPoint };

/** "after commit 17: runs.writeStep place-order/1042/create". */
export function pointName({ phase, effect, number, label, occurrence }: CrashPoint): string {
  return `${phase} ${effect} ${number}: ${label}${occurrence > 1 ? ` (${occurrence})` : ''}`;
}

/** What a point is found by in another run, where its number may be another. */
export function pointKey({ phase, effect, label, occurrence }: Omit<CrashPoint, 'number'>): string {
  return `${phase} ${effect}: ${label} (${occurrence})`;
}

/** Reads what `pointName` wrote; the number may be missing. `undefined`: it is no such name. */
export function parsePoint(name: string): CrashPoint | undefined {
  const found = /^(before|after) (commit|send)(?: (\d+))?: (.+?)(?: \((\d+)\))?$/.exec(name.trim());
  if (!found) return undefined;
  const [, phase, effect, number, label = '', occurrence] = found;
  return {
    phase: phase === 'before' ? 'before' : 'after',
    effect: effect === 'commit' ? 'commit' : 'send',
    number: Number(number ?? 0),
    label,
    occurrence: Number(occurrence ?? 1),
  };
}

/** The kinds that make a difference at a point: an answer can be lost only where there is one. */
export function kindsAt({ phase }: CrashPoint): readonly CrashKind[] {
  return phase === 'after' ? crashKinds : ['throw', 'kill'];
}
