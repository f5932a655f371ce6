import { withFence } from '@crossdock/core';
import { holds, outcomeOf, refusal } from '../holds.ts';
import type { Law, OpenTrial } from '../law.ts';
import { probesOf, type Probe } from '../probes.ts';
import { pullsOf, type OfferedPull } from '../pulls.ts';
import { readAll } from '../read-all.ts';

/** Laws about callers that want to stop. */
export const signalLaws = [
  {
    id: 'signal/an-aborted-call-is-not-made',
    operations: [],
    async check(trial) {
      for (const probe of await probesOf(trial)) {
        const before = trial.platform.journal.all.length;
        const error = await refusal(
          () => probe.call({ signal: AbortSignal.abort() }),
          `${probe.operation}, aborted before it began,`,
        );
        holds(error.code === 'call.aborted', `${probe.operation} ended as "${error.code}" when it was aborted.`);
        const calls = trial.platform.journal.all.length - before;
        holds(calls === 0, `${probe.operation} made ${calls} calls although it was aborted before it began.`);
      }
    },
  },
  {
    id: 'signal/abort-stops-a-pull-between-two-pages',
    operations: [],
    async check(trial) {
      for (const { operation, pull } of await longPullsOf(trial)) {
        const controller = new AbortController();
        let callsAtAbort = 0;
        const error = await refusal(async () => {
          for await (const page of pull({}, { signal: controller.signal })) {
            holds(typeof page.cursor === 'string', `${operation} gave a page without a cursor.`);
            callsAtAbort = trial.platform.journal.all.length;
            controller.abort();
          }
        }, `${operation}, aborted after its first page,`);
        holds(error.code === 'call.aborted', `${operation} ended as "${error.code}" when it was aborted.`);
        const calls = trial.platform.journal.all.length - callsAtAbort;
        holds(calls <= 1, `${operation} made ${calls} more calls after it was aborted.`);
      }
    },
  },
  {
    id: 'signal/abort-stops-a-wait',
    operations: [],
    async check(trial) {
      for (const probe of (await probesOf(trial)).filter(({ kind }) => kind === 'read')) {
        const controller = new AbortController();
        const stop = trial.platform.faults.always('*', { kind: 'slow', ms: hourMs });
        const before = trial.clock.now();
        const ended = refusal(
          () => probe.call({ signal: controller.signal }),
          `${probe.operation}, aborted on the way,`,
        );
        await trial.clock.sleep(1_000);
        controller.abort();
        const error = await ended;
        stop();
        holds(error.code === 'call.aborted', `${probe.operation} ended as "${error.code}" when it was aborted.`);
        const tookMs = trial.clock.now() - before;
        holds(tookMs < hourMs, `${probe.operation} went on for ${tookMs} ms after it was aborted.`);
      }
    },
  },
  {
    id: 'signal/a-write-whose-right-is-gone-is-not-sent',
    operations: [],
    async check(trial) {
      for (const probe of (await probesOf(trial)).filter(({ kind }) => kind === 'write')) {
        for (let allowed = 0; allowed < mostRequests; allowed += 1) {
          if (await endsWithin(allowed, probe, trial)) break;
        }
      }
    },
  },
] as const satisfies readonly Law[];

/** More requests than a write takes. */
const mostRequests = 30;

/**
 * Makes a write whose right is gone after so many requests, which only a check of its signal tells: no timer aborts it.
 * `true`: it went well with so many. What a connector asks for all of its callers, such as a token, has no signal of one of
 * them and may go out: it changes nothing.
 */
async function endsWithin(allowed: number, probe: Probe, { platform }: OpenTrial): Promise<boolean> {
  const before = { calls: platform.journal.all.length, seen: await shownBy(probe) };
  const controller = new AbortController();
  const sent = () => platform.journal.all.length - before.calls;
  const signal = withFence(controller.signal, () => {
    if (sent() >= allowed) controller.abort();
  });
  const ended = await outcomeOf(() => probe.call({ signal }));
  if (ended.ok && sent() <= allowed) return true;
  const isChanged = (await shownBy(probe)) !== before.seen;
  holds(
    sent() <= allowed || !isChanged,
    `${probe.operation} sent ${sent()} requests and changed something; its right to write was gone after ${allowed}.`,
  );
  return ended.ok;
}

/** What there is, in words. A scenery may refuse to count what is half done, and that is a state too. */
async function shownBy(probe: Probe): Promise<string> {
  const seen = await outcomeOf(() => probe.seen());
  return seen.ok ? JSON.stringify(seen.value) : String(seen.error);
}

const hourMs = 60 * 60_000;

/** Every pull that has more than one page to give. */
async function longPullsOf(trial: OpenTrial): Promise<readonly OfferedPull[]> {
  const pulls: OfferedPull[] = [];
  for (const offered of pullsOf(trial)) {
    const { operation, pull, seed } = offered;
    if (!seed) continue;
    const traits = trial.connector.traits[operation];
    const isPaged = traits !== undefined && 'maxPage' in traits;
    await seed(trial.platform, (isPaged ? traits.maxPage : 250) + 3);
    // A page of stock may be as large as all of it.
    if (isPaged || (await readAll(pull({}))).cursors.length > 1) pulls.push(offered);
  }
  return pulls;
}
