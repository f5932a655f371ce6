import type { Random } from '@crossdock/core';
import type { TestClock } from './clock.ts';

/** How the way from the platform to the receiver is. Shares from 0 to 1, each delivery drawn by the fake's own chance. */
export interface Weather {
  readonly lost: number;
  readonly repeated: number;
  /** Share that is held back, for up to `delayMs`, so that later deliveries overtake it. */
  readonly shuffled: number;
  readonly delayMs: number;
}

/** A delivery as the platform would send it, signed when it is sent. */
export interface Posting {
  readonly id: string;
  readonly topic: string;
  readonly body: string;
  readonly url: string;
  /** All headers with the signature, for one attempt at one moment. The clock stands still meanwhile. */
  headers(nowMs: number): Promise<Readonly<Record<string, string>>>;
}

/** The deliveries of a fake: when they come, how often and in which order. */
export interface WebhookFeed {
  weather: Weather;
  /** Sends a request to a receiver. Default the global `fetch`; give it the receiver itself to stay in process. */
  deliver: (request: Request) => Promise<Response>;
  /** Queues a delivery, as the platform does after a change. */
  post(posting: Posting): void;
  /** The signed request of a posting, for handing it over by hand. */
  request(posting: Posting): Promise<Request>;
  /** What was posted, sent, acknowledged, repeated, lost and given up so far. */
  readonly counts: Readonly<
    Record<'posted' | 'sent' | 'acknowledged' | 'repeated' | 'shuffled' | 'lost' | 'gaveUp', number>
  >;
  /** Everything that was ever posted, oldest first. */
  readonly postings: readonly Posting[];
  /** Deliveries that wait for their time or for an answer. */
  readonly pending: number;
}

/** How the platform behind a feed delivers. */
export interface WebhookFeedOptions {
  readonly clock: TestClock;
  readonly random: Random;
  /** Waits before the second and every further attempt, in milliseconds, as the platform documents them. */
  readonly retryDelaysMs: readonly number[];
  /** How long the platform waits for an answer. */
  readonly timeoutMs: number;
  /** Whether an answer counts as received. Default 2xx. */
  readonly accepts?: ((response: Response) => boolean) | undefined;
  /** Called when a receiver took it, for platforms that then forget earlier failures. */
  readonly onAcknowledged?: ((posting: Posting) => void) | undefined;
  /** Called when the last attempt failed, for platforms that then remove the subscription. */
  readonly onGivenUp?: ((posting: Posting) => void) | undefined;
}

/** Turns of the event loop that the clock stands still for a receiver, so that its own work costs no simulated time. */
const receiverTurns = 100;

/** Makes a platform's webhook sender: retries on its schedule, and repeats, holds back and loses as the weather says. */
export function webhookFeed(options: WebhookFeedOptions): WebhookFeed {
  const { clock, random, retryDelaysMs, timeoutMs, accepts = ({ ok }) => ok, onAcknowledged, onGivenUp } = options;
  const counts = { posted: 0, sent: 0, acknowledged: 0, repeated: 0, shuffled: 0, lost: 0, gaveUp: 0 };
  const postings: Posting[] = [];
  let pending = 0;
  let signing: Promise<unknown> = Promise.resolve();

  const feed: WebhookFeed = {
    weather: { lost: 0, repeated: 0, shuffled: 0, delayMs: 0 },
    deliver: (request) => globalThis.fetch(request),
    counts,
    postings,
    get pending() {
      return pending;
    },
    post(posting) {
      counts.posted++;
      postings.push(posting);
      if (random() < feed.weather.lost) {
        counts.lost++;
        return;
      }
      void run(posting, holdBack());
      if (random() < feed.weather.repeated) {
        counts.repeated++;
        void run(posting, holdBack());
      }
    },
    async request(posting) {
      return new Request(posting.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(await posting.headers(clock.now())) },
        body: posting.body,
        // A receiver that moved has not accepted anything.
        redirect: 'manual',
      });
    },
  };

  function holdBack(): number {
    if (random() >= feed.weather.shuffled) return 0;
    counts.shuffled++;
    return Math.floor(random() * feed.weather.delayMs);
  }

  async function run(posting: Posting, delayMs: number): Promise<void> {
    pending++;
    try {
      if (delayMs > 0) await clock.sleep(delayMs);
      for (const wait of [...retryDelaysMs, undefined]) {
        if (await attempt(posting)) {
          counts.acknowledged++;
          onAcknowledged?.(posting);
          return;
        }
        if (wait !== undefined) await clock.sleep(wait);
      }
      counts.gaveUp++;
      onGivenUp?.(posting);
    } finally {
      pending--;
    }
  }

  /** Whether the receiver took it in time. A receiver that is down is a failed attempt, as it is for the platform. */
  async function attempt(posting: Posting): Promise<boolean> {
    counts.sent++;
    // Signing waits for nobody, and many deliveries of one moment are signed in a row.
    let release = clock.hold();
    try {
      const request = await signed(posting);
      const isSigned = release;
      // A receiver may wait for the clock, so it is not held for ever.
      release = clock.hold(receiverTurns);
      isSigned();
      return await accepted(request);
    } catch {
      return false;
    } finally {
      release();
    }
  }

  async function accepted(request: Request): Promise<boolean> {
    const limit = clock.deadline(timeoutMs);
    try {
      const response = await Promise.race([
        feed.deliver(request),
        new Promise<never>((_resolve, reject) =>
          limit.signal.addEventListener('abort', () => reject(limit.signal.reason as Error), { once: true }),
        ),
      ]);
      await response.body?.cancel();
      return accepts(response);
    } finally {
      limit.clear();
    }
  }

  /** Signing takes as long as it takes; one after the other, deliveries of one moment leave in the order they were posted. */
  function signed(posting: Posting): Promise<Request> {
    const request = signing.then(() => feed.request(posting));
    signing = request.catch(() => undefined);
    return request;
  }

  return feed;
}
