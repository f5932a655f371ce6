import type { EventType } from '../model/event.ts';
import type { Json } from '../model/json.ts';
import { storedForm } from '../rules/json-text.ts';
import type { FlowContext, Needs, StepOptions, StepTools } from './flow.ts';
import type { Standstill } from './standstill.ts';
import { stepKey } from './step-key.ts';
import { refuseName, type Steps } from './steps.ts';
import { workAtHand, type WorkAtHand } from './work-at-hand.ts';

/** The steps of a run that is only planned: nothing that they give is stored. */
export interface PlannedSteps extends WorkAtHand, Pick<Steps, 'underWay' | 'keys' | 'last'> {
  readonly step: FlowContext<EventType, Needs>['step'];
  /** The step that works under this key, or under one that it begins with and a slash. */
  nameOf(key: string): string;
  /** The steps at work, in the order in which they were begun. */
  readonly atWork: readonly string[];
  /** The first step without a result. */
  readonly first: string | undefined;
}

/** Finished steps give their results; the others run, except those that change something besides the systems. */
export function plannedSteps(
  run: string,
  stored: ReadonlyMap<string, Json>,
  {
    still,
    signal,
    onOutside,
  }: {
    /** Asked for later, because it has to know the steps. */
    readonly still: () => Standstill;
    readonly signal: AbortSignal;
    readonly onOutside: (step: string) => void;
  },
): PlannedSteps {
  const atHand = workAtHand();
  const used = new Set<string>();
  const active = new Map<string, string>();
  let first: string | undefined;
  let last = 'start';

  async function fresh(
    name: string,
    work: (tools: StepTools) => Promise<unknown>,
    options: StepOptions | undefined,
  ): Promise<Json> {
    active.set(name, '');
    try {
      const key = options?.key ?? (await still().during(stepKey(run, name)));
      active.set(name, key);
      if (options?.outside === true) {
        onOutside(name);
        return await still().unknown();
      }
      const given = await work({ key, signal, attempt: 1 });
      return storedForm(given, `The result of step "${name}" of run "${run}"`);
    } finally {
      active.delete(name);
    }
  }

  const stepOf = (key: string) =>
    [...active].find(([, own]) => own !== '' && (key === own || key.startsWith(`${own}/`)))?.[0];

  return {
    ...atHand,
    async step<T extends Json | void>(
      name: string,
      work: (tools: StepTools) => Promise<T>,
      options?: StepOptions,
    ): Promise<T> {
      refuseName(run, name, used);
      used.add(name);
      signal.throwIfAborted();
      last = name;
      const isDone = stored.has(name);
      if (!isDone) first ??= name;
      const result = isDone ? stored.get(name) : await atHand.hold(fresh(name, work, options));
      // The stored form of a T is a T without the keys that were undefined in it.
      return result as T;
    },
    underWay: (key) => stepOf(key) !== undefined,
    nameOf: (key) => stepOf(key) ?? last,
    get keys() {
      return [...active.values()].filter((key) => key !== '');
    },
    get atWork() {
      return [...active.keys()];
    },
    get first() {
      return first;
    },
    get last() {
      return last;
    },
  };
}
