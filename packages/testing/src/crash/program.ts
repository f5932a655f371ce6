import type { ErrorCode, ErrorKind, ExceptionCategory, Json, Stores } from '@crossdock/core';
import type { WorkReport } from '@crossdock/core/flows';
import { seededRandom } from '../fake/random.ts';
import type { ProcessClock } from './clock.ts';
import type { Gate } from './gate.ts';
import { gatedStores } from './gated-stores.ts';
import type { CrashIntegration, CrashPoll, CrashWorld } from './world.ts';

/** What the world asks of a process. Plain data, so that it can be asked of another process too. */
export type Ask =
  | {
      readonly ask: 'receive';
      readonly system: string;
      readonly url: string;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: string;
    }
  | { readonly ask: 'take'; readonly system: string; readonly body: string }
  | { readonly ask: 'poll'; readonly poll: CrashPoll }
  | { readonly ask: 'work' }
  | { readonly ask: 'inspect'; readonly flows: readonly string[] };
/** What a process answers. `failed`: it threw, and the message is for people. */
export type Answer =
  | { readonly answer: 'received'; readonly status: number }
  | { readonly answer: 'did' }
  | { readonly answer: 'worked'; readonly report: WorkReport }
  | { readonly answer: 'inspected'; readonly inspection: Inspection }
  | { readonly answer: 'failed'; readonly message: string };

/** What the stores say at the end. */
export type Inspection = {
  readonly exceptions: readonly {
    readonly flow: string;
    readonly run: string;
    readonly code: ErrorCode;
    readonly category: ExceptionCategory;
    readonly kind: ErrorKind;
    readonly message: string;
    /** The key of its run, after which later runs wait for it. */
    readonly key?: string | undefined;
    /** By what the records are called that its run is about: ids and the number of what happened. */
    readonly about: readonly string[];
  }[];
  /** Runs that came to no end. */
  readonly unfinished: readonly { readonly id: string; readonly flow: string; readonly key: string }[];
  /** The flows of which runs were begun in this process. */
  readonly flows: readonly string[];
};

/** A program that is running, in whatever process. */
export interface Program {
  ask(ask: Ask): Promise<Answer>;
  /** Lets go of the stores. */
  close(): Promise<void>;
}

/** Starts the program of a world on its stores. */
export async function startProgram(
  world: CrashWorld<never>,
  stores: Stores,
  gate: Gate,
  clock: ProcessClock,
  fetch: typeof globalThis.fetch,
): Promise<Program> {
  const flows = new Set<string>();
  const integration = await world.integration({
    stores: gatedStores(stores, gate, (flow) => flows.add(flow)),
    fetch,
    clock,
    random: seededRandom(1),
  });
  return {
    async ask(ask) {
      try {
        return ask.ask === 'inspect'
          ? { answer: 'inspected', inspection: await inspect(stores, [...flows, ...ask.flows]) }
          : await done(integration, ask);
      } catch (error) {
        return { answer: 'failed', message: error instanceof Error ? error.message : String(error) };
      }
    },
    close: () => stores.close(),
  };
}

async function done(integration: CrashIntegration, ask: Exclude<Ask, { ask: 'inspect' }>): Promise<Answer> {
  // The names of the systems are the user's, and a name that is not there is refused in words.
  switch (ask.ask) {
    case 'receive': {
      const { url, headers, body } = ask;
      const request = new Request(url, {
        method: 'POST',
        headers: headers.map(([name, value]) => [name, value]),
        body,
      });
      const { status } = await integration.receive(ask.system as never, request);
      return { answer: 'received', status };
    }
    case 'take':
      await integration.take(ask.system as never, { body: ask.body });
      return { answer: 'did' };
    case 'poll': {
      const { system, operation, updatedAfter } = ask.poll;
      await integration.poll(system as never, operation, updatedAfter === undefined ? {} : { updatedAfter });
      return { answer: 'did' };
    }
    case 'work':
      return { answer: 'worked', report: await integration.work({ concurrency: 1 }) };
  }
}

const pageSize = 100;

async function inspect(stores: Stores, names: readonly string[]): Promise<Inspection> {
  const flows = [...new Set(names)];
  const exceptions: Inspection['exceptions'][number][] = [];
  for (const state of ['open', 'replaying'] as const) {
    await pages(async (after) => {
      const page = await stores.exceptions.list({ state, after, limit: pageSize });
      for (const { flow, run, code, category, kind, message, refs } of page) {
        const record = await stores.runs.get(run);
        const about = [...refs.map(({ id }) => id), ...calledBy(record?.event)];
        exceptions.push({ flow, run, code, category, kind, message, key: record?.key, about });
      }
      return page;
    });
  }
  const unfinished: Inspection['unfinished'][number][] = [];
  for (const flow of flows) {
    await pages(async (after) => {
      const page = await stores.runs.unfinished(flow, { after, limit: pageSize });
      unfinished.push(...page.map(({ id, key }) => ({ id, flow, key })));
      return page;
    });
  }
  return { exceptions, unfinished, flows };
}

/** What an event calls the record that it is about: its id, the id of its source, and its number. */
function calledBy(event: Json): readonly string[] {
  const data = fieldOf(event, 'data');
  return [fieldOf(fieldOf(data, 'ref'), 'id'), fieldOf(fieldOf(data, 'source'), 'id'), fieldOf(data, 'number')].filter(
    (one) => typeof one === 'string',
  );
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

async function pages(read: (after: string | undefined) => Promise<readonly { readonly id: string }[]>): Promise<void> {
  for (let after: string | undefined; ;) {
    const page = await read(after);
    if (page.length < pageSize) return;
    after = page.at(-1)?.id;
  }
}
