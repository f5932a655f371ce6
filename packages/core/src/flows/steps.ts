import { CommerceError } from '../errors/commerce-error.ts';
import type { EventType } from '../model/event.ts';
import type { Json } from '../model/json.ts';
import type { ClaimedJob, Stores } from '../ports/stores.ts';
import { storedForm } from '../rules/json-text.ts';
import { notePrefix } from './attempt-notes.ts';
import type { FlowContext, Needs, StepOptions, StepTools } from './flow.ts';
import type { JobLease } from './job-lease.ts';
import { stepKey } from './step-key.ts';
import { workAtHand, type WorkAtHand } from './work-at-hand.ts';

/** The steps of one attempt of a run. */
export interface Steps extends WorkAtHand {
  readonly step: FlowContext<EventType, Needs>['step'];
  /** Whether a step is at work under this key, or under one that this key begins with and a slash. */
  underWay(key: string): boolean;
  /** The keys of the steps at work now. */
  readonly keys: readonly string[];
  /** The step that was begun last. */
  readonly last: string;
  /** What they gave, in this attempt or before. */
  readonly results: ReadonlyMap<string, Json>;
  /** A write came to its end, which is being stored: the step lands only with it. */
  land(ending: Promise<void>): void;
  /** Resolves when the ends of all writes so far are stored. */
  landed(): Promise<void>;
}

/** Gives a run its steps: results that are there already are given back, new ones land only while the job is ours. */
export function stepsOf(
  run: string,
  job: ClaimedJob,
  lease: JobLease,
  stores: Stores,
  stored: ReadonlyMap<string, Json>,
): Steps {
  const results = new Map(stored);
  const atHand = workAtHand();
  const used = new Set<string>();
  const active = new Set<string>();
  const endings = new Set<Promise<void>>();
  let last = 'start';

  async function fresh(
    name: string,
    work: (tools: StepTools) => Promise<unknown>,
    options: StepOptions | undefined,
  ): Promise<Json> {
    const key = options?.key ?? (await stepKey(run, name));
    active.add(key);
    let result: Json;
    try {
      const given = await work({ key, signal: lease.signal, attempt: job.attempt });
      result = storedForm(given, `The result of step "${name}" of run "${run}"`);
    } finally {
      active.delete(key);
    }
    // The result lands only while the job is ours, in one statement: a step costs a store as little as that.
    const claim = { job: job.id, lease: job.lease, leaseMs: lease.leaseMs };
    const asked = lease.asking();
    // Beside the ends of the step's writes: a store commits them together where it can.
    const [written, ended] = await Promise.allSettled([stores.runs.writeStep(run, name, result, claim), landed()]);
    if (ended.status === 'rejected') throw ended.reason;
    if (written.status === 'rejected') throw written.reason;
    if (written.value === 'lost') throw lease.lose();
    lease.renewed(asked);
    results.set(name, result);
    return result;
  }

  const landed = async () => {
    await Promise.all(endings);
  };

  return {
    ...atHand,
    land(ending) {
      endings.add(ending);
      void atHand.hold(ending).then(
        () => endings.delete(ending),
        // Stays, so that no step lands beside it.
        () => undefined,
      );
    },
    landed,
    async step<T extends Json | void>(
      name: string,
      work: (tools: StepTools) => Promise<T>,
      options?: StepOptions,
    ): Promise<T> {
      refuseName(run, name, used);
      used.add(name);
      // What the signal says wins over whatever the flow makes of an earlier failure.
      lease.signal.throwIfAborted();
      last = name;
      const result = results.has(name) ? results.get(name) : await atHand.hold(fresh(name, work, options));
      // The stored form of a T is a T without the keys that were undefined in it.
      return result as T;
    },
    underWay: (key) => [...active].some((step) => key === step || key.startsWith(`${step}/`)),
    get keys() {
      return [...active];
    },
    get last() {
      return last;
    },
    results,
  };
}

/** Throws `flow.defect` for a name that another step of the run has, or that no step may have. */
export function refuseName(run: string, name: string, used: ReadonlySet<string>): void {
  const problem =
    name === ''
      ? 'it has no name'
      : name.startsWith(notePrefix)
        ? `names that begin with "${notePrefix}" are kept for notes`
        : used.has(name)
          ? 'a step of this name was used before in this run, and would get its result'
          : undefined;
  if (problem === undefined) return;
  throw new CommerceError({
    code: 'flow.defect',
    message: `Step "${name}" of run "${run}" was not begun: ${problem}. Give every step of a flow a name of its own.`,
  });
}
