import type { Reached } from './injector.ts';
import type { Crash } from './point.ts';
import type { Answer, Ask } from './program.ts';
import type { Ending } from './judge.ts';

/** What the world says to a program in a process of its own. Times are the world's, in milliseconds since 1970. */
export type ToProgram =
  | {
      readonly say: 'begin';
      readonly store: string;
      readonly place: string;
      readonly now: number;
      readonly plan: readonly Crash[];
      /** Where the platforms listen, by origin. */
      readonly doors: Readonly<Record<string, { readonly system: string; readonly url: string }>>;
    }
  | { readonly say: 'ask'; readonly now: number; readonly ask: Ask }
  | { readonly say: 'time'; readonly now: number }
  | { readonly say: 'end' };
/** What such a program says. */
export type FromProgram =
  | { readonly say: 'ready' | 'begun' | 'ended' }
  | { readonly say: 'answer'; readonly answer: Answer }
  | { readonly say: 'idle'; readonly nextAt: number }
  | { readonly say: 'failed'; readonly message: string };

/** One run to make. */
export type Task = {
  readonly store: string;
  readonly plan: readonly Crash[];
  /** Flows of which runs may be under way at the end. */
  readonly flows: readonly string[];
  /** The story is played so much later, in milliseconds: whatever then differs is a moment. */
  readonly laterMs?: number;
};
/** How it went: its end, the points after its last crash, and how many of its crashes happened. */
export type Trial = {
  readonly ending: Ending;
  readonly points: readonly Reached[];
  readonly fired: number;
};
/** What a runner answers. */
export type FromRunner =
  | { readonly say: 'ready' }
  | { readonly say: 'ran'; readonly trial: Trial }
  | { readonly say: 'failed'; readonly message: string };
