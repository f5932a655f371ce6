import type { Ref } from '../model/ref.ts';

/** One job at work. What it is called is there from the beginning, so that a failure can be put before a person. */
export interface Task {
  readonly flow: string;
  readonly run: string;
  /** Where it stands now. */
  readonly step: string;
  readonly refs: readonly Ref[];
  /** Does the work; its last unit of work finishes the job too. */
  perform(): Promise<void>;
}
