import type { Clock } from '@crossdock/core';
import type { Ask } from './program.ts';
import type { CrashPlatforms, Outside } from './world.ts';

/** One attempt to hand something over. */
export type Attempt = {
  readonly system: string;
  ask(): Promise<Ask>;
  /** What became of it: a status, or nothing because the receiver broke off. */
  end(status: number | undefined): void;
};
/** What is on its way to the integration. */
export interface Deliveries extends Outside {
  /** Takes what has come, in its order. */
  take(): Attempt | undefined;
  /** Attempts that wait to be taken. */
  readonly waiting: number;
  /** Whether something will be tried again when its time comes. */
  readonly isUnderWay: boolean;
}

/** How long somebody waits who was not acknowledged, in milliseconds. */
const againMs = 60_000;

/** Catches what the platforms post, so that the world can hand it over when the integration is not at work. */
export function deliveries(
  platforms: CrashPlatforms,
  { clock, queues }: { readonly clock: Clock; readonly queues: readonly string[] },
): Deliveries {
  const come: Attempt[] = [];
  const feeds = Object.entries(platforms).flatMap(([system, { webhooks }]) => (webhooks ? [{ system, webhooks }] : []));
  let own = 0;

  for (const { system, webhooks } of feeds) {
    webhooks.deliver = (request) =>
      new Promise<Response>((resolve, reject) => {
        come.push({
          system,
          ask: () => askOf(system, request, queues.includes(system)),
          end(status) {
            if (status === undefined) reject(new TypeError('The connection was closed.'));
            else resolve(new Response(null, { status }));
          },
        });
      });
  }

  function untilTaken(system: string, ask: () => Promise<Ask>): void {
    const attempt = () => {
      come.push({
        system,
        ask,
        end(status) {
          if (status !== undefined && status < 300) own--;
          else void clock.sleep(againMs).then(attempt);
        },
      });
    };
    own++;
    attempt();
  }

  return {
    take: () => come.shift(),
    get waiting() {
      return come.length;
    },
    get isUnderWay() {
      return own > 0 || feeds.some(({ webhooks }) => webhooks.pending > 0);
    },
    deliver: (system, request) => untilTaken(system, async () => askOf(system, await request(), false)),
    enqueue: (system, body) => untilTaken(system, async () => ({ ask: 'take', system, body })),
  };
}

async function askOf(system: string, request: Request, isQueue: boolean): Promise<Ask> {
  const body = await request.text();
  if (isQueue) return { ask: 'take', system, body };
  return { ask: 'receive', system, url: request.url, headers: [...request.headers], body };
}
