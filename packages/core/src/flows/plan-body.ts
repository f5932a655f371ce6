import type { PlanEnd, ReplayPlan } from '../exceptions/replay-plan.ts';

/** What is found out about one job. The rest of a plan stands in its exception. */
export type PlanBody = Pick<ReplayPlan, 'done' | 'resumesAt' | 'effects' | 'events' | 'reads' | 'end'>;
/** The end of a plan for what a replay would throw at a step. */
export type StopAt = (step: string, thrown: unknown) => PlanEnd;
