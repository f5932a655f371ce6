import { seededRandom, testClock, webhookFeed } from '@crossdock/testing';
import { expect, it } from 'vitest';

async function signedSlowly() {
  for (let turn = 0; turn < 60; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
  return {};
}

it('comes with the moment it was posted at, in its order, however long it is signed', async () => {
  const clock = testClock({ auto: false });
  const feed = webhookFeed({ clock, random: seededRandom(1), retryDelaysMs: [], timeoutMs: 5_000 });
  const came: string[] = [];
  feed.deliver = async (request) => {
    came.push(`${await request.text()} at ${clock.now()}`);
    return new Response('');
  };
  const began = clock.now();
  const bodies = Array.from({ length: 3 }, (_, index) => `body ${index}`);
  for (const body of bodies) {
    feed.post({ id: body, topic: 't', body, url: 'https://receiver.example/', headers: signedSlowly });
  }
  await clock.advance(60_000);
  expect(came).toEqual(bodies.map((body) => `${body} at ${began}`));
});
