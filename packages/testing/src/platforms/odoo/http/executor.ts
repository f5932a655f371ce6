import type { Json } from '@crossdock/core';
import { findMethod, run } from '../dispatch.ts';
import type { Vals } from '../orm/env.ts';
import type { Method, Model, Result } from '../orm/model.ts';
import { PythonError, serializationFailure } from '../orm/python-error.ts';
import type { Account, Server } from '../server.ts';

/** Lets simulated time pass while a request is being worked on. */
export type Rest = (ms: number) => Promise<void>;

/** Something that is about to go wrong with a call, or to take its time. */
export type Trouble =
  | { readonly kind: 'conflict'; readonly afterMs: number }
  /** Begins now, commits later, and carries the moment of its beginning: the write_date that a poll has passed already. */
  | { readonly kind: 'late-commit'; readonly ms: number };

export interface Troubles {
  take(operation: string): Trouble | undefined;
}

export interface Work {
  readonly account: Account;
  readonly model: Model;
  readonly name: string;
  readonly context: Vals;
  /** Committed transactions when the request came in. */
  readonly snapshot: number;
  readonly rest: Rest;
  /** Checks the call against the method, which only the transport can do, and gives what is called with what. */
  readonly bind: (method: Method | undefined) => {
    readonly method: Method;
    readonly ids: readonly Json[];
    readonly args: Vals;
  };
}

/** Runs a call in a transaction, with whatever trouble is due. */
export async function execute(server: Server, troubles: Troubles, work: Work): Promise<Result> {
  const { account, model, name, context, rest } = work;
  const trouble = troubles.take(`${model.name}.${name}`);
  const once = (snapshot: number, startedAt?: number) =>
    server.transact({ account, context, snapshot, ...(startedAt === undefined ? {} : { startedAt }) }, (env) => {
      const { method, ids, args } = work.bind(findMethod(env, model, name));
      return run(env, model, method, ids, args);
    });
  if (trouble?.kind === 'conflict') {
    await rest(trouble.afterMs);
    // An import keeps the failure to itself and answers 200; everything else is rolled back and says so.
    if (name === 'load') return { value: conflictMessage() };
    throw serializationFailure();
  }
  if (trouble?.kind === 'late-commit') return late(server, work, once, trouble.ms);
  return once(work.snapshot);
}

function conflictMessage(): Json {
  const { message } = serializationFailure();
  return { ids: false, messages: [{ rows: { from: 0, to: 0 }, record: 0, type: 'error', message }], nextrow: 0 };
}

/** Thrown to undo the first run of a transaction that commits later. */
class NotYet extends Error {
  readonly startedAt: number;

  constructor(startedAt: number) {
    super('This transaction commits later.');
    this.startedAt = startedAt;
  }
}

async function late(
  server: Server,
  work: Work,
  once: (snapshot: number, startedAt: number) => Result,
  ms: number,
): Promise<Result> {
  const { sequences } = server.db;
  const before = new Map(sequences);
  const startedAt = firstRun(server, work);
  const taken = new Map(sequences);
  await work.rest(ms);
  // Its ids were drawn when it began, so they are lower than those of what was committed meanwhile.
  const meanwhile = new Map(sequences);
  for (const [name, next] of taken)
    sequences.set(name, next === before.get(name) ? (meanwhile.get(name) ?? next) : (before.get(name) ?? 1));
  try {
    return once(server.db.commits, startedAt);
  } finally {
    for (const [name, next] of meanwhile) sequences.set(name, Math.max(next, sequences.get(name) ?? 1));
  }
}

function firstRun(server: Server, { account, context, model, name, bind }: Work): number {
  try {
    return server.transact({ account, context }, (env) => {
      const { method, ids, args } = bind(findMethod(env, model, name));
      run(env, model, method, ids, args);
      throw new NotYet(env.startedAt);
    });
  } catch (error) {
    if (error instanceof NotYet) return error.startedAt;
    throw error;
  }
}

export function unknownMethod(model: string, name: string, style: 'json2' | 'old' | 'new'): PythonError {
  switch (style) {
    case 'json2':
      return new PythonError('werkzeug.exceptions.NotFound', `The method '${model}.${name}' does not exist`, {
        status: 404,
      });
    case 'old':
      return new PythonError('builtins.AttributeError', `The method '${name}' does not exist on the model '${model}'`);
    case 'new':
      return new PythonError('builtins.AttributeError', `The method '${model}.${name}' does not exist`);
  }
}
