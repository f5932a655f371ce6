import { cancel, whyNotCancelled, type Cancellation } from './life/cancel.ts';
import type { Shop } from './life/shop.ts';
import type { JobRecord, OrderRecord } from './records.ts';

/** Work that the shop does after it has answered. */
export interface Jobs {
  /** Begins to cancel an order. */
  readonly startCancel: (order: OrderRecord, how: Cancellation) => JobRecord;
  /** Does now what waits. */
  readonly finish: () => void;
}

// Cancelling is asynchronous; how long it takes is not documented.
const jobTakesMs = 1000;

/** Makes the queue of one shop: jobs are done a second later, by its clock. */
export function jobQueue(shop: Shop): Jobs {
  const { store } = shop;
  const waiting = new Map<string, () => void>();
  const finish = (id: string) => {
    waiting.get(id)?.();
    waiting.delete(id);
  };
  return {
    startCancel(order, how) {
      const job: JobRecord = { id: store.uuid(), orderId: order.id, done: false };
      store.jobs.set(job.id, job);
      waiting.set(job.id, () => {
        if (whyNotCancelled(shop, order) === undefined) cancel(shop, order, how);
        job.done = true;
      });
      void store.clock.sleep(jobTakesMs).then(() => finish(job.id));
      return job;
    },
    finish() {
      for (const id of waiting.keys()) finish(id);
    },
  };
}
