import type { Answer, Ask } from './program.ts';

/** `died`: killed at the point that was planned. */
type Asked = Answer | 'died';

/** A process of the program, seen from the world. */
export interface LiveProcess {
  /** Asks, letting the world's time pass while the process only waits for that. */
  ask(ask: Ask): Promise<Asked>;
  /** A call was made to throw, and has come to its end: the process is not to be used any more. */
  readonly isCondemned: boolean;
  /** Ends it. What it stored stays. */
  end(): Promise<void>;
}
/** Starts a process on the stores of the run. */
export type StartProcess = () => Promise<LiveProcess | 'died'>;
