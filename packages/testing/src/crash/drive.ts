import type { WorldClock } from './clock.ts';
import type { Attempt, Deliveries } from './deliveries.ts';
import type { LiveProcess, StartProcess } from './process.ts';
import type { Answer, Ask } from './program.ts';
import type { CrashPoll } from './world.ts';

/** How long a story may take to become quiet again, in milliseconds of its time: longer than any outage is waited for. */
const patienceMs = 3 * 86_400_000;
/** Rounds after which a story is taken to go in circles. */
const mostRounds = 2_000;
/** How long a scheduler waits after a call that failed, in milliseconds. */
const againMs = 1_000;
/** How often a scheduler pulls, in milliseconds. */
const pollEveryMs = 300_000;

/** A program at work in its world, started again whenever it dies. */
export interface Driver {
  /** Works until nothing is left that time or a message could bring, or until `until`. Throws `NeverQuiet`. */
  settle(until?: number): Promise<void>;
  /** Asks the living process, which is started if there is none. */
  ask(ask: Ask): Promise<Answer>;
  /** How often it was started. */
  readonly starts: number;
  end(): Promise<void>;
}

/** A story that did not come to its end. */
export class NeverQuiet extends Error {
  override readonly name = 'NeverQuiet';
}

export function driver(
  start: StartProcess,
  {
    clock,
    mail,
    polls,
  }: { readonly clock: WorldClock; readonly mail: Deliveries; readonly polls: readonly CrashPoll[] },
): Driver {
  let process: LiveProcess | undefined;
  let starts = 0;

  async function living(): Promise<LiveProcess> {
    for (;;) {
      if (process) return process;
      starts++;
      const started = await start();
      if (started !== 'died') process = started;
    }
  }

  /** `undefined`: the process died over it, or is to be started again after it. */
  async function tried(ask: Ask): Promise<Answer | undefined> {
    const asked = await living();
    const answer = await asked.ask(ask);
    if (answer === 'died') {
      process = undefined;
      return undefined;
    }
    if (!asked.isCondemned) return answer;
    process = undefined;
    await asked.end();
    // An acknowledgement that has left cannot be taken back.
    return answer.answer === 'received' ? answer : undefined;
  }

  async function handOver(attempt: Attempt): Promise<void> {
    const answer = await tried(await attempt.ask());
    attempt.end(statusOf(answer));
    await clock.settle();
  }

  /** One round of what a scheduler does. `failed`: something of it has to be done again. */
  async function round(isPollDue: boolean): Promise<{ failed: boolean; did: boolean; nextInMs: number | undefined }> {
    const before = starts;
    let failed = false;
    let did = false;
    for (let attempt = mail.take(); attempt; attempt = mail.take()) {
      did = true;
      await handOver(attempt);
    }
    for (const poll of isPollDue ? polls : []) {
      const answer = await tried({ ask: 'poll', poll });
      if (answer?.answer !== 'did') failed = true;
    }
    const answer = await tried({ ask: 'work' });
    await clock.settle();
    if (answer?.answer !== 'worked') return { failed: true, did, nextInMs: undefined };
    const { done, retried, parked, nextInMs } = answer.report;
    did ||= done + retried + parked > 0 || mail.waiting > 0;
    // A process that was started in the middle of a round has not polled.
    return { failed: failed || (starts > before && before > 0), did, nextInMs };
  }

  return {
    async settle(until) {
      const limit = clock.now() + patienceMs;
      // What happens after a wait is pulled when it has happened.
      let pollAt = until === undefined ? clock.now() : clock.now() + pollEveryMs;
      for (let rounds = 0; rounds < mostRounds; rounds++) {
        await clock.settle();
        const isPollDue = clock.now() >= pollAt;
        const { failed, did, nextInMs } = await round(isPollDue);
        if (isPollDue) pollAt = clock.now() + pollEveryMs;
        if (failed) {
          pollAt = clock.now();
          await clock.advance(againMs);
          continue;
        }
        if (did) continue;
        const wakeAt = mail.isUnderWay || until !== undefined ? (clock.nextWakeAt ?? Infinity) : Infinity;
        const next = Math.min(clock.now() + (nextInMs ?? Infinity), wakeAt, until ?? Infinity);
        if (next === Infinity || (until !== undefined && clock.now() >= until)) return;
        if (next > limit) throw new NeverQuiet('Three days on, something still waits for its time.');
        await clock.advance(Math.max(1, next - clock.now()));
      }
      throw new NeverQuiet(`After ${mostRounds} rounds of work there is still something to do.`);
    },
    async ask(ask) {
      for (;;) {
        const answer = await tried(ask);
        if (answer) return answer;
      }
    },
    get starts() {
      return starts;
    },
    async end() {
      await process?.end();
      process = undefined;
    },
  };
}

/** A message of a queue that was taken is deleted there; a webhook gets the status it was answered with. */
function statusOf(answer: Answer | undefined): number | undefined {
  if (answer?.answer === 'received') return answer.status;
  return answer?.answer === 'did' ? 200 : undefined;
}
