import { CommerceError, isCommerceError } from '@crossdock/core';
import type { Access, Statement } from './access.ts';
import { realMs, realPause } from './clock.ts';
import { failureOf, isLost, isRepeatable, unavailable, waitedTooLong, wasNotSent, type Landed } from './failure.ts';
import { Unreached, type Connections, type Result, type Session } from './pool.ts';
import { chance } from './random.ts';
import type { Turns } from './turns.ts';

/** Often enough whatever was lost; units that were in each other's way go on as long as somebody waits for a lock. */
const mostAttempts = 8;
/** The longest pause after the first failure in milliseconds; it doubles with each, up to the last. */
const firstPauseMs = 4;
const lastPauseMs = 500;
/** How long the server takes to see that units are in each other's way, and a little more. `deadlock_timeout` is 1 s unless set. */
const deadlockMs = 1_200;

/** What every transaction of one set of stores has in common. */
export interface Transactions {
  readonly connections: Connections;
  readonly schema: string;
  /** Longest wait for a lock; a unit that does nothing for half as long is ended by the server. */
  readonly busyTimeoutMs: number;
  readonly turns: Turns;
}

/** The database from outside any unit of work. `refuseMisuse` throws where it may not be used. */
export function outside(shared: Transactions, refuseMisuse: () => void = () => {}): Access {
  const { connections, schema } = shared;
  /** `isOne`: a single statement, which needs no transaction where its wait for a lock has an end without one. */
  const once = async <T>(ask: (session: Session) => Promise<T>, isOne: boolean): Promise<T> => {
    const isPlain = isOne && connections.limitLocks;
    refuseMisuse();
    const hasPatience = patience(shared.busyTimeoutMs);
    for (let failures = 1; ; failures++) {
      const end = { landed: 'unknown' as Landed };
      try {
        return await connections.use((session) =>
          isPlain ? ask(session) : aloneOn(session, shared, () => ask(session), end),
        );
      } catch (error) {
        if (!isRepeatable(error) || !hasPatience(failures))
          throw inWords(error, schema, wasNotSent(error) ? 'nothing' : end.landed);
      }
      await pauseAfter(failures);
    }
  };
  return {
    inUnit: false,
    query: <R>(statement: Statement<R>, values: readonly unknown[]) =>
      once((session) => runOn(session, statement, values), true),
    batch: (...statements) => once((session) => Promise.all(statements.map((one) => runOn(session, ...one))), false),
    async together(work) {
      refuseMisuse();
      return unit(shared, work);
    },
    db: bossDatabase((text, values) => once((session) => session.tell(text, values), true)),
  };
}

/**
 * Runs `work` in one transaction. It begins with the first statement, in the same round trip. When other units are in its
 * way, or the connection is lost before its end was asked for, everything of it is taken back and it runs again.
 *
 * Units that lock the same in different orders would be in each other's way for as long as they meet, and each time the
 * server looks for it only after a second. So those that were taken back, or waited for long, run again one after another;
 * and so do all that begin in the next moments, or each of a crowd would lose that second.
 */
export async function unit<T>(shared: Transactions, work: (inside: Access) => Promise<T>): Promise<T> {
  const hasPatience = patience(shared.busyTimeoutMs);
  let again = false;
  let inTurn = false;
  for (let failures = 1; ; failures++) {
    const end = { landed: 'nothing' as Landed };
    try {
      return await shared.connections.use((session) => {
        // What there was to learn while it waited for a connection counts.
        inTurn = again || shared.turns.areTaken();
        return attemptOn(session, { ...shared, again, inTurn }, work, end);
      });
    } catch (error) {
      const landed = wasNotSent(error) ? 'nothing' : end.landed;
      if (isRepeatable(error)) shared.turns.take();
      const inTheWay: boolean = isRepeatable(error) || (!inTurn && waitedTooLong(error));
      const lost = landed === 'nothing' && isLost(error) && failures < mostAttempts;
      if (!lost && !(inTheWay && hasPatience(failures))) throw inWords(error, shared.schema, landed);
      again ||= inTheWay;
    }
    await pauseAfter(failures);
  }
}

type Attempt = Transactions & {
  /** Whether others were in the way of one before it. */
  readonly again: boolean;
  readonly inTurn: boolean;
};

async function attemptOn<T>(
  session: Session,
  shared: Attempt,
  work: (inside: Access) => Promise<T>,
  end: { landed: Landed },
): Promise<T> {
  const state: UnitState = { over: false, begun: undefined, failure: undefined };
  try {
    const result = await work(insideOf(session, shared, state));
    state.over = true;
    if (state.begun === undefined) return result;
    end.landed = 'unknown';
    const { command } = await session.tell('commit');
    end.landed = 'nothing';
    // A statement whose failure the work did not look at took the whole transaction with it.
    if (command !== 'COMMIT') throw rolledBack(state);
    return result;
  } catch (error) {
    state.over = true;
    // On a connection that is gone there is nothing to take back, and one that cannot do it is thrown away.
    if (state.begun !== undefined && !isLost(error)) await session.tell('rollback').catch(() => {});
    throw error;
  }
}

function rolledBack({ failure }: UnitState): unknown {
  return failure ? failure.error : new Error('The server took the unit of work back without saying why.');
}

type UnitState = {
  over: boolean;
  begun: Promise<Result> | undefined;
  /** The first statement that failed; those after it only say that the transaction is aborted. */
  failure: { readonly error: unknown } | undefined;
};

function insideOf(session: Session, shared: Attempt, state: UnitState): Access {
  const ask = async <T>(send: () => Promise<T>): Promise<T> => {
    if (state.over) throw unitIsOver(shared.schema);
    state.begun ??= session.tell(unitText(shared));
    try {
      // Both are on their way at once. A statement whose `begin` failed was carried out alone: nobody may count on it.
      const [, answer] = await Promise.all([state.begun, send()]);
      return answer;
    } catch (error) {
      // What was refused before it was sent leaves the transaction as it was.
      if (isCommerceError(error)) throw error;
      state.failure ??= { error };
      throw state.failure.error;
    }
  };
  const inside: Access = {
    inUnit: true,
    query: <R>(statement: Statement<R>, values: readonly unknown[]) => ask(() => runOn(session, statement, values)),
    batch: (...statements) => Promise.all(statements.map(([statement, values]) => inside.query(statement, values))),
    together: (work) => work(inside),
    db: bossDatabase((text, values) => ask(() => session.tell(text, values))),
  };
  return inside;
}

/**
 * Everything including the end of the transaction goes out at once; a statement that fails makes a rollback of it. On a
 * session that is somebody else's a single statement goes so, too: the longest wait for a lock can be set for a transaction
 * or for a session.
 */
async function aloneOn<T>(
  session: Session,
  shared: Transactions,
  ask: () => Promise<T>,
  end: { landed: Landed },
): Promise<T> {
  const begun = session.tell(beginText(shared.busyTimeoutMs));
  const asked = ask();
  const ended = session.tell('commit');
  const [first, second, last] = await Promise.allSettled([begun, asked, ended]);
  for (const answer of [first, second]) {
    if (answer.status === 'fulfilled') continue;
    if (!isLost(answer.reason)) end.landed = 'nothing';
    throw answer.reason;
  }
  if (last.status === 'rejected') throw last.reason;
  return asked;
}

function beginText(busyTimeoutMs: number, lockTimeoutMs = busyTimeoutMs): string {
  return `begin isolation level read committed; set local lock_timeout = ${lockTimeoutMs}; set local idle_in_transaction_session_timeout = ${Math.ceil(busyTimeoutMs / 2)}`;
}

/**
 * The beginning of a unit. One in turn waits first until no other of those is at it, which is never in the way: it has no
 * lock yet. All attempts that wait for others wait together as long as anybody may wait.
 */
function unitText({ schema, busyTimeoutMs, again, inTurn }: Attempt): string {
  const firstMs = Math.ceil(Math.max(busyTimeoutMs / 4, Math.min(deadlockMs, busyTimeoutMs / 2)));
  if (!inTurn) return beginText(busyTimeoutMs, firstMs);
  const turn = `select pg_advisory_xact_lock(hashtextextended('crossdock/again/${schema}', 0))`;
  return `${beginText(busyTimeoutMs, again ? Math.max(1, busyTimeoutMs - firstMs) : busyTimeoutMs)}; ${turn}`;
}

/** Whether there is another attempt after so many failures. */
function patience(busyTimeoutMs: number): (failures: number) => boolean {
  const beganAt = realMs();
  return (failures) => failures < mostAttempts || realMs() - beganAt < busyTimeoutMs;
}

/** Whoever was in each other's way tries again at different moments. */
async function pauseAfter(failures: number): Promise<void> {
  await realPause(chance(Math.min(firstPauseMs * 2 ** failures, lastPauseMs)));
}

/** What a connection threw, or the lack of one, in words that say what to do. */
export function inWords(error: unknown, schema: string, landed: Landed): unknown {
  if (!(error instanceof Unreached)) return failureOf(error, schema, landed);
  const words = failureOf(error.cause, schema, 'nothing');
  return words === error.cause ? unavailable(schema, error.cause, 'no connection was to be had', 'nothing') : words;
}

function unitIsOver(schema: string): CommerceError {
  return new CommerceError({
    code: 'flow.defect',
    message: `Nothing was written to schema "${schema}": the unit of work that these stores belong to is over. Await every write inside "atomically".`,
  });
}

function runOn<R>(session: Session, statement: Statement<R>, values: readonly unknown[]): Promise<readonly R[]> {
  // Whoever wrote the statement named the row that its text selects.
  return session.run(statement, values) as Promise<readonly R[]>;
}

/** pg-boss states its rows as changeable and changes none. */
function bossDatabase(tell: Session['tell']): Access['db'] {
  return { executeSql: async (text, values) => (await tell(text, values)) as Result & { rows: object[] } };
}
