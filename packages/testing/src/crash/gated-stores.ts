import type { Stores, StoreSet } from '@crossdock/core';
import type { Gate } from './gate.ts';
import { withoutChance } from './gated-fetch.ts';
import type { Began } from './injector.ts';

type Method = (...args: readonly unknown[]) => Promise<unknown>;
type Call = { readonly store: string; readonly method: string; readonly args: readonly unknown[] };

const storeNames = [
  'idempotency',
  'links',
  'sequences',
  'cursors',
  'inbox',
  'jobs',
  'runs',
  'exceptions',
  'audit',
] as const satisfies readonly (keyof StoreSet)[];
/** What changes nothing. Whatever is not here is a commit. */
const reads = new Set('peek find children read get latest counts nextDueAt unfinished steps ofRun list'.split(' '));

/** The stores as a process that may crash has them. `onRun` is told the flow of every run that begins. */
export function gatedStores(real: Stores, gate: Gate, onRun: (flow: string) => void): Stores {
  const watched = (call: Call) => {
    if (call.store === 'runs' && call.method === 'start') onRun(fieldOf(call.args[0], 'flow') ?? '');
  };
  return {
    ...each(real, (call, act) => {
      watched(call);
      return reads.has(call.method) ? gate.through(act) : gate.around('commit', nameOf(call), act);
    }),
    shared: {
      update: (name, change) => gate.around('commit', `shared.update ${name}`, () => real.shared.update(name, change)),
    },
    belongTo: (integration) => gate.around('commit', `belongTo ${integration}`, () => real.belongTo(integration)),
    atomically: (work) => gate.through(() => unit(real, gate, work, watched)),
    close: () => gate.through(() => real.close()),
  };
}

/** One unit of work: the crash before it comes when everything of it is written and nothing has landed. */
async function unit<T>(
  real: Stores,
  gate: Gate,
  work: (stores: StoreSet) => Promise<T>,
  watched: (call: Call) => void,
): Promise<T> {
  let began: Began | undefined;
  const result = await real.atomically(async (inside) => {
    const calls: Call[] = [];
    const given = await work(
      each(inside, (call, act) => {
        if (gate.isDead) throw new DeadProcess();
        watched(call);
        if (!reads.has(call.method)) calls.push(call);
        return act();
      }),
    );
    if (gate.isDead) throw new DeadProcess();
    if (calls.length > 0 && began === undefined) {
      began = gate.begin('commit', unitName(calls));
      // A dead process takes its unit with it, so here too nothing may be left waiting.
      await Promise.race([gate.strike('before', began), deathOf(gate)]);
    }
    return given;
  });
  if (began !== undefined && !gate.isDead) await gate.strike('after', began);
  return result;
}

/** A process that died in the middle of a unit of work, whose writes are taken back. */
class DeadProcess extends Error {
  override readonly name = 'DeadProcess';
}

/** Rejects if the strike that was just made killed the process; else it stays open. */
async function deathOf(gate: Gate): Promise<never> {
  await Promise.resolve();
  if (gate.isDead) throw new DeadProcess();
  return new Promise(() => {});
}

function each(set: StoreSet, around: (call: Call, act: () => Promise<unknown>) => Promise<unknown>): StoreSet {
  const wrapped = storeNames.map((store) => {
    // Every store is an object of methods that answer with promises.
    const methods = set[store] as unknown as Readonly<Record<string, Method>>;
    return [
      store,
      Object.fromEntries(
        Object.keys(methods).map((method) => [
          method,
          (...args: readonly unknown[]) => around({ store, method, args }, () => methods[method]?.(...args) ?? never()),
        ]),
      ),
    ];
  });
  // The same names with the same methods, each of which answers what the one below it answers.
  return Object.fromEntries(wrapped) as StoreSet;
}

function never(): Promise<never> {
  return Promise.reject(new TypeError('The store has no such method.'));
}

function unitName(calls: readonly Call[]): string {
  const [first, ...more] = calls.map((call, index) => (index === 0 ? nameOf(call) : `${call.store}.${call.method}`));
  return [first, ...new Set(more)].join(' + ');
}

/** "runs.writeStep place-order/1042 create": the method and what it is about, without leases and times. */
function nameOf({ store, method, args }: Call): string {
  return withoutChance([`${store}.${method}`, ...subject(method, args)].join(' '));
}

function subject(method: string, args: readonly unknown[]): readonly string[] {
  const [first, second] = args;
  if (method === 'writeStep') return [String(first), String(second)];
  if (typeof first === 'string') return [first];
  const id = fieldOf(first, 'id') ?? fieldOf(first, 'deliveryId') ?? fieldOf(first, 'action');
  return id === undefined ? [] : [id];
}

function fieldOf(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const field: unknown = Reflect.get(value, name);
  return typeof field === 'string' ? field : undefined;
}
