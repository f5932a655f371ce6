import { bench, door, testClock, webhookFeed, type FakePlatform } from '@crossdock/testing';
import type { Given } from '@crossdock/testing/conformance';
import type { OdooOptions } from '../../src/index.ts';
import { spoiling, type Spoiled } from '../spoiled.ts';
import type { LiveWorld } from './live-world.ts';
import { operationOf } from './lost-answers.ts';

/** What the laws have on the real server: a number, by which one law's keys and names are told from the next one's. */
export interface LiveState {
  readonly number: number;
  /** Records that a connector sees otherwise than they are. */
  readonly strange: Spoiled[];
}

/** The real server as the laws see it. */
export type LiveErp = FakePlatform<LiveState>;

/**
 * A platform whose answers are the real server's. Faults are put between the connector and the server. Its clock begins at
 * the present moment and skips every wait between calls, but the server's own clock does not go on with it: what a law says
 * of a moment that passes at the platform cannot be tried here.
 */
export function livePlatforms(world: LiveWorld) {
  let made = 0;
  return () => {
    const number = ++made;
    const clock = testClock({ startAt: new Date().toISOString() });
    const parts = bench({ clock, seed: number });
    const origin = world.access.url;
    const fetch = door(parts, {
      origin,
      operation: (request, body) => operationOf(request.url, body),
      async handle(request) {
        const answer = await globalThis.fetch(request);
        const text = await answer.text();
        const headers = new Headers(answer.headers);
        // The text is unpacked already.
        for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) headers.delete(name);
        return new Response(text, { status: answer.status, headers });
      },
      throttled: (seconds) => new Response('', { status: 429, headers: { 'retry-after': String(seconds) } }),
    });
    const state: LiveState = { number, strange: [] };
    const webhooks = webhookFeed({ clock, random: parts.random, retryDelaysMs: [], timeoutMs: 1000 });
    const platform: LiveErp = { name: 'odoo', origin, fetch, state, ...parts, webhooks };
    const options: Partial<OdooOptions> = {
      externalIdModule: `live_${world.run}_${number}`,
      fetch: spoiling(fetch, state.strange),
      clock,
    };
    return { platform, connect: (given?: Given) => world.connect({ ...options, ...given }) };
  };
}
