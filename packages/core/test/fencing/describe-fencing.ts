import { describe, expect, it } from 'vitest';
import { placed } from '../flows/shop.ts';
import { startWorker } from './child.ts';
import { ledgerServer } from './ledger-server.ts';
import { openStores, type Place } from './place.ts';
import { receiveOrder } from './receive-order.ts';

const leaseMs = 500;
const run = `place-order/${placed('1').id}`;

type Point = {
  readonly at: string;
  readonly requests: number;
  readonly setBackMs?: number;
};

/** Where the first worker stands still, and how many requests come in all. */
const points: readonly Point[] = [
  // It believes what it was told before it stood still.
  { at: 'claim answered', requests: 1 },
  { at: 'step answered', requests: 1 },
  { at: 'begin answered', requests: 1 },
  // It has sent nothing, and must not any more.
  { at: 'in the step before its write', requests: 1 },
  { at: 'signing', requests: 1 },
  { at: 'signing', requests: 1, setBackMs: 240_000 },
  // Its request is there; the other one repeats it under the same key, because nobody knows its answer.
  { at: 'waiting for the answer', requests: 2 },
  // It has the answer, and the other one finds it in the store.
  { at: 'before the result of the step is stored', requests: 1 },
  { at: 'before the end of the run is stored', requests: 1 },
];

/** Holds stores to what a lease promises: a worker that stood still for three of them neither sends nor commits. */
export function describeFencing(name: string, { newPlace }: { readonly newPlace: () => Promise<Place> | Place }): void {
  describe(`a worker on ${name} that stands still for three leases`, () => {
    it.each(points.map((point) => ({ ...point, name: nameOf(point) })))(
      '$name sends and commits nothing after another one has taken over',
      { timeout: 60_000 },
      async ({ at, requests, setBackMs }) => {
        const place = await newPlace();
        await receiveOrder(place);
        const isWaiting = at === 'waiting for the answer';
        const ledger = await ledgerServer({ hold: isWaiting });
        const first = startWorker({ place, erp: ledger.url, leaseMs, pauseAt: at, setBackMs });
        let second: ReturnType<typeof startWorker> | undefined;
        try {
          if (isWaiting) {
            await ledger.held;
            first.signal('SIGSTOP');
          } else {
            await first.says('at');
          }
          await first.stopped();
          const since = Date.now();
          second = startWorker({ place, erp: ledger.url, leaseMs });
          await second.says('finished');
          expect(await second.ended).toBe(0);
          // The answer lies in the socket of the one that stands still: it is read before any timer is looked at.
          ledger.answerHeld();
          await new Promise((resolve) => setTimeout(resolve, Math.max(0, since + 3 * leaseMs - Date.now())));
          const before = await stateOf(place);
          expect(ledger.requests).toHaveLength(requests);
          first.signal('SIGCONT');
          expect(await first.says('lost')).toEqual({ lost: 'lease.lost' });
          expect(await first.ended).toBe(0);

          expect(ledger.requests).toHaveLength(requests);
          expect(new Set(ledger.requests).size).toBe(1);
          expect(ledger.orders.size).toBe(1);
          expect(first.said.filter((each) => 'finished' in each)).toEqual([]);
          for (const write of first.said.filter((each) => 'write' in each))
            expect(write).toEqual({ write: 'lease.lost' });
          // Whatever it wanted to store of the step after it went on was refused, and not only there already.
          const answer = at === 'before the end of the run is stored' ? 'written' : 'lost';
          for (const step of first.said.filter((each) => each['step'] === 'create'))
            expect(step).toMatchObject({ answer });
          const after = await stateOf(place);
          expect(after).toEqual(before);
          expect(after.run?.state).toBe('done');
          expect(after.steps.get('create')).toEqual({ system: 'erp', kind: 'order', id: 'S-1' });
          expect(after.ends).toHaveLength(1);
        } finally {
          first.signal('SIGKILL');
          second?.signal('SIGKILL');
          await Promise.all([first.ended, second?.ended]);
          await ledger.close();
        }
      },
    );
  });
}

function nameOf({ at, setBackMs }: Point): string {
  return setBackMs === undefined ? at : `${at}, its clock set back by ${setBackMs / 60_000} minutes,`;
}

/** Everything about the run that a worker may change. */
async function stateOf(place: Place) {
  const stores = await openStores(place);
  try {
    const audit = await stores.audit.list(placed('1').data.ref, 100);
    return {
      run: await stores.runs.get(run),
      steps: await stores.runs.steps(run),
      ends: audit.filter(({ action }) => action === 'run.finished'),
      audit,
      exception: await stores.exceptions.ofRun(run),
      jobs: await stores.jobs.counts('integration'),
    };
  } finally {
    await stores.close();
  }
}
