import type { Clock, Json, SharedStore } from '@crossdock/core';
import { holds, outcomeOf, succeeds } from '../holds.ts';
import type { Law } from '../law.ts';
import { probesOf, readProbe, type Probe } from '../probes.ts';

/** Laws about calls, for every connector that can read something. */
export const httpLaws = [
  {
    id: 'http/waits-as-told-when-throttled',
    operations: [],
    async check(trial) {
      const probe = await readProbe(trial);
      // Whatever has to be fetched first, such as a token, is there: the refused call is the read itself.
      await succeeds(() => probe.call(), probe.operation);
      trial.platform.faults.next('*', { kind: 'throttle', retryAfterSeconds: waitSeconds });
      const before = trial.clock.now();
      const callsBefore = trial.platform.journal.all.length;
      await succeeds(() => probe.call(), `${probe.operation}, throttled once,`);
      const calls = trial.platform.journal.all.slice(callsBefore);
      const repeated = calls.at(-1);
      holds(repeated !== undefined && calls.length > 1, `${probe.operation} was not repeated after it was throttled.`);
      const waitedMs = repeated.at - before;
      holds(
        waitedMs >= waitSeconds * 1000,
        `${probe.operation} came back after ${waitedMs} ms, and was told to wait ${waitSeconds} s.`,
      );
      holds(waitedMs <= 10 * waitSeconds * 1000, `${probe.operation} waited ${waitedMs} ms for ${waitSeconds} s.`);
    },
  },
  {
    id: 'http/stays-within-the-allowance',
    operations: [],
    async check(trial) {
      const probe = await readProbe(trial);
      const burst = Array.from({ length: burstCalls }, () => outcomeOf(() => probe.call()));
      const ended = await Promise.all(burst);
      const refused = trial.platform.journal.all.filter(({ status }) => status === 429).length;
      holds(refused === 0, `${refused} calls of a burst of ${burstCalls} were answered with 429.`);
      const counted = trial.connector.usage().reduce((sum, { throttled }) => sum + throttled, 0);
      holds(counted === 0, `${counted} calls of a burst of ${burstCalls} were throttled.`);
      const failed = ended.filter(({ ok }) => !ok).length;
      holds(failed === 0, `${failed} calls of a burst of ${burstCalls} failed.`);
    },
  },
  {
    id: 'http/shares-its-allowance',
    operations: [],
    async check(trial) {
      // A platform that counts nothing has no allowance to share.
      if (trial.connector.usage().length === 0) return;
      const { shared, names } = sharedMemory(trial.clock);
      const processes = [1, 2].map(() => ({ ...trial, connector: trial.connect({ shared }) }));
      const probes = await Promise.all(processes.map(readProbe));
      const burst = Array.from({ length: burstCalls }, (_, call) => outcomeOf(() => probeAt(probes, call).call()));
      const ended = await Promise.all(burst);
      const { system } = trial.connector;
      holds(
        [...names].some((name) => name.startsWith(`${system}/bucket/`)),
        `Nothing of the allowances of "${system}" was asked of the \`shared\` that its connectors were given.`,
      );
      const refused = trial.platform.journal.all.filter(({ status }) => status === 429).length;
      holds(refused === 0, `${refused} calls of two connectors that share were answered with 429.`);
      const failed = ended.filter(({ ok }) => !ok).length;
      holds(failed === 0, `${failed} calls of two connectors that share failed.`);
    },
  },
  {
    id: 'http/a-failed-read-is-repeated',
    operations: [],
    async check(trial) {
      const probe = await readProbe(trial);
      for (const status of [500, 502, 503]) {
        trial.platform.faults.next('*', { kind: 'answer', status, body: '<html>try again</html>' });
        await succeeds(() => probe.call(), `${probe.operation}, answered with ${status} once,`);
      }
      trial.platform.faults.next('*', { kind: 'drop', when: 'before' });
      await succeeds(() => probe.call(), `${probe.operation}, cut off once,`);
    },
  },
  {
    id: 'http/a-refused-write-is-not-repeated',
    operations: [],
    async check(trial) {
      for (const probe of (await probesOf(trial)).filter(({ kind }) => kind === 'write')) {
        // Everything that the write has to know first is read while nothing is wrong.
        await succeeds(() => trial.connector.check(), 'check');
        const stop = trial.platform.faults.always('*', { kind: 'answer', status: 400, body: '{}' });
        const before = trial.platform.journal.all.length;
        const ended = await outcomeOf(() => probe.call());
        stop();
        holds(!ended.ok, `${probe.operation} ended well although every call was refused.`);
        const calls = trial.platform.journal.all.length - before;
        holds(calls <= mostRefusals, `${probe.operation} made ${calls} calls, each of which was refused.`);
      }
    },
  },
] as const satisfies readonly Law[];

/** What processes share, in one, and under which names. */
function sharedMemory(clock: Pick<Clock, 'now'>): {
  readonly shared: SharedStore;
  readonly names: ReadonlySet<string>;
} {
  const texts = new Map<string, string>();
  const names = new Set<string>();
  const shared: SharedStore = {
    async update(name, change) {
      names.add(name);
      const text = texts.get(name);
      // It was written below, so it is JSON.
      const { next, result } = change(text === undefined ? undefined : (JSON.parse(text) as Json), clock.now());
      if (next !== undefined) texts.set(name, JSON.stringify(next));
      return result;
    },
  };
  return { shared, names };
}

function probeAt(probes: readonly Probe[], call: number): Probe {
  const probe = probes[call % probes.length];
  if (!probe) throw new Error('There is no probe.');
  return probe;
}

const waitSeconds = 2;
/** More than any platform lets in at once. */
const burstCalls = 320;
/** A write may ask what became of it, once. */
const mostRefusals = 2;
