import { pointKey, type Crash, type CrashKind, type CrashPoint, type Effect } from './point.ts';

/** An effect that has begun. */
export type Began = Omit<CrashPoint, 'phase'>;

/** A point that a run came by. */
export type Reached = CrashPoint & {
  /** An answer was handed out or the story went on since the point before: a kill here leaves another world than one there. */
  readonly isNews?: boolean;
};

/** Counts the points of a run and says at which of them it is to crash. One for all processes of a run. */
export interface Injector {
  begin(effect: Effect, label: string): Began;
  /** What is to happen at this point, each crash once. */
  reach(phase: CrashPoint['phase'], began: Began): CrashKind | undefined;
  /** Somebody outside was answered, or something happened there: what was acknowledged cannot be taken back. */
  note(): void;
  /** The points since the last crash, in their order. */
  readonly points: readonly Reached[];
  /** How many crashes have happened. */
  readonly fired: number;
}

/** The crashes happen one after another: the next one's occurrences count from the one before. */
export function injector(plan: readonly Crash[]): Injector {
  let fired = 0;
  let points: Reached[] = [];
  let isNews = false;
  let numbers: Record<Effect, number> = { commit: 0, send: 0 };
  let seen = new Map<string, number>();
  return {
    begin(effect, label) {
      const occurrence = (seen.get(`${effect} ${label}`) ?? 0) + 1;
      seen.set(`${effect} ${label}`, occurrence);
      numbers[effect]++;
      return { effect, label, occurrence, number: numbers[effect] };
    },
    reach(phase, began) {
      const point = { phase, ...began };
      points.push(isNews ? { ...point, isNews } : point);
      isNews = false;
      const next = plan[fired];
      if (!next || pointKey(next.point) !== pointKey(point)) return undefined;
      fired++;
      points = [];
      numbers = { commit: 0, send: 0 };
      seen = new Map();
      return next.kind;
    },
    note() {
      isNews = true;
    },
    get points() {
      return points;
    },
    get fired() {
      return fired;
    },
  };
}
