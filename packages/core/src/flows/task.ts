import type { Ref } from '../model/ref.ts';

/** One job at work. What it is called is there from the beginning, so that a failure can be put before a person. */
export interface Task {
  readonly flow: string;
  readonly run: string;
  /** Where it stands now. */
  readonly step: string;
  readonly refs: readonly Ref[];
  /** Whether a write of it may have happened without anybody knowing. */
  readonly doubted: boolean;
  /** The keys of the writes that it has begun. */
  readonly writes: readonly string[];
  /** Whether later jobs of its key wait while it is before a person: `doubt` only while one of its writes is in doubt. */
  readonly holdsKey: 'always' | 'doubt' | 'never';
  /** Reads what it goes on with and runs nothing: a job that may not run is told by what it is called, and holds, too. */
  load(): Promise<void>;
  /** Does the work after `load`; its last unit of work finishes the job too. */
  perform(): Promise<void>;
  /** Resolves when nothing of it is at work any more: steps that ran beside the one that failed go on for a while. */
  rest(): Promise<void>;
}

/** For tasks that make no writes and do one thing after another. */
export const plain = {
  doubted: false,
  writes: [],
  holdsKey: 'always',
  load: async () => {},
  rest: async () => {},
} as const;
