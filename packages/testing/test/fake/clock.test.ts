import { testClock } from '@crossdock/testing';
import { expect, it } from 'vitest';

const large = new Uint8Array(8_000_000);

/** Hashes for far longer than some turns of the event loop, and sleeps then. */
async function hashThenSleep(clock: ReturnType<typeof testClock>): Promise<number> {
  for (let time = 0; time < 3; time++) await crypto.subtle.digest('SHA-256', large);
  const key = await crypto.subtle.importKey('raw', large, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  await crypto.subtle.sign('HMAC', key, large);
  const at = clock.now();
  await clock.sleep(1_000);
  return at;
}

it('stands still while something is hashed or signed, whoever does it', async () => {
  const clock = testClock({ auto: false });
  const began = clock.now();
  const hashing = hashThenSleep(clock);
  await clock.advance(5_000);
  expect(await Promise.race([hashing, Promise.resolve('still asleep')])).toBe(began);
});

it('goes on by itself only after it', async () => {
  const clock = testClock();
  const began = clock.now();
  const hashing = hashThenSleep(clock);
  await clock.sleep(500);
  expect(await hashing).toBe(began);
});

it('leaves what is hashed as it is, also what fails', async () => {
  testClock();
  testClock();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode('abc')));
  expect(Array.from(digest.subarray(0, 4))).toEqual([0xba, 0x78, 0x16, 0xbf]);
  await expect(crypto.subtle.digest('SHA-0', large)).rejects.toMatchObject({ name: 'NotSupportedError' });
  await expect(testClock({ auto: false }).advance(1)).resolves.toBeUndefined();
});
