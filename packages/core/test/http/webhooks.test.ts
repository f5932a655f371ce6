import { describe, expect, it } from 'vitest';
import { hmac, hmacMatches, hmacText, fromBase64, toBase64 } from '../../src/http/hmac.ts';
import { verifySignedWebhook } from '../../src/http/signed-webhook.ts';
import { verifyStandardWebhook } from '../../src/http/standard-webhooks.ts';
import { sameBytes, sameText } from '../../src/http/timing-safe.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { readBody } from '../../src/http/webhook-body.ts';
import { testClock } from '../../../testing/src/fake/clock.ts';

const bytes = (...values: number[]) => new Uint8Array(values);

function delivery(body: BodyInit | null, headers: Record<string, string>): Request {
  // Node wants to be told how a stream is sent; the DOM's types do not know the word.
  const init = { method: 'POST', body, headers, duplex: 'half' };
  return new Request('https://us.invalid/hooks', init);
}

/** A body that comes in pieces, without a length. */
function pieces(...parts: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
      controller.close();
    },
  });
}

describe('a keyed hash', () => {
  // RFC 4231, test case 2; RFC 2202, test case 2 for SHA-1.
  it.each([
    ['SHA-1', 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79'],
    ['SHA-256', '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
    [
      'SHA-512',
      '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
    ],
  ] as const)('with %s is what the standard says', async (hash, hex) => {
    const text = 'what do ya want for nothing?';
    expect(await hmacText(hash, 'Jefe', text, 'hex')).toBe(hex);
    expect(await hmacMatches(hash, ['Jefe'], text, hex.toUpperCase(), 'hex')).toBe(true);
    expect(await hmacMatches(hash, ['Jefe'], text, toBase64(await hmac(hash, 'Jefe', text)), 'base64')).toBe(true);
  });

  it('is in the form that ShipHero sends', async () => {
    // ShipHero, webhook documentation: the body's HMAC-SHA256 in base64.
    const signature = 'VBsiv0zEF5/SIJgbBFSAQlBfOm7bFetE2JDgXuujPXw=';
    expect(await hmacMatches('SHA-256', ['shh'], '{"id":1}', signature, 'base64')).toBe(true);
  });

  it('compares whole texts', () => {
    expect(sameBytes(bytes(1, 2), bytes(1, 2))).toBe(true);
    expect(sameBytes(bytes(1, 2), bytes(1, 3))).toBe(false);
    expect(sameBytes(bytes(1, 2), bytes(1, 2, 3))).toBe(false);
    expect(sameBytes(bytes(), bytes())).toBe(true);
    expect(sameText('söcret', 'söcret')).toBe(true);
    expect(sameText('secret', 'secreT')).toBe(false);
  });

  it('takes base64 in its one canonical spelling', () => {
    expect(fromBase64('AQI=')).toEqual(bytes(1, 2));
    for (const text of ['AQJ=', 'AQI', 'AQI==', 'A_-=', 'AQ I=', '=']) expect(fromBase64(text)).toBeUndefined();
  });
});

describe('a body', () => {
  it('is read as it came, byte order mark and all', async () => {
    expect(await readBody(delivery('\uFEFF{"a":"é"}', {}))).toMatchObject({ ok: true, text: '\uFEFF{"a":"é"}' });
    expect(await readBody(delivery(null, {}))).toEqual({ ok: true, bytes: bytes(), text: '' });
    expect(await readBody(delivery(pieces('{"a', '":1}'), {}), 7)).toMatchObject({ ok: true, text: '{"a":1}' });
  });

  it.each([
    ['that says it is too large', '12345678', {}],
    ['whose length lies', pieces('1234', '5678'), { 'content-length': '4' }],
    ['without a length', pieces('12345678'), {}],
    ['that claims to be larger than it is', '1', { 'content-length': '99' }],
  ])('%s is not read to its end', async (_, body, headers) => {
    expect(await readBody(delivery(body, headers), 7)).toEqual({ ok: false, reason: 'oversized' });
  });

  it('stops at the limit of an endless one', async () => {
    let given = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        given++;
        controller.enqueue(new Uint8Array(1000));
      },
    });
    expect(await readBody(delivery(endless, {}), 5000)).toEqual({ ok: false, reason: 'oversized' });
    expect(given).toBeLessThan(10);
  });

  it('is refused although its sender will not hear of it', async () => {
    for (const cancel of [() => Promise.reject(new Error('The line is gone.')), () => new Promise<void>(() => {})]) {
      const stubborn = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(new Uint8Array(1000)),
        cancel,
      });
      expect(await readBody(delivery(stubborn, {}), 5000)).toEqual({ ok: false, reason: 'oversized' });
      const claimed = new ReadableStream<Uint8Array>({ cancel });
      const headers = { 'content-length': '9999' };
      expect(await readBody(delivery(claimed, headers), 5000)).toEqual({ ok: false, reason: 'oversized' });
    }
  });

  it('is copied as it comes, however small its pieces are', async () => {
    const piece = new Uint8Array(1);
    let given = 0;
    const bytewise = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (given === 100_000) return controller.close();
        // A server may use its memory again for the next piece.
        piece[0] = 0x30 + (given++ % 10);
        controller.enqueue(piece);
      },
    });
    expect(await readBody(delivery(bytewise, {}))).toMatchObject({ ok: true, text: '0123456789'.repeat(10_000) });
  });

  it('that is no UTF-8 has no text', async () => {
    expect(await readBody(delivery(bytes(0x22, 0xff, 0x22), {}))).toEqual({ ok: false, reason: 'not-text' });
  });
});

describe('a delivery with its hash in a header', async () => {
  const header = 'x-shop-hmac';
  const body = '{"id":1,"note":"é"}';
  const good = await hmacText('SHA-256', 'new', body, 'base64');
  const verify = (request: Request, maxBytes?: number) =>
    verifySignedWebhook(request, { header, secrets: ['new', 'old'], maxBytes });

  it('is known by every live secret', async () => {
    for (const secret of ['new', 'old']) {
      const signature = await hmacText('SHA-256', secret, body, 'base64');
      expect(await verify(delivery(body, { [header]: signature }))).toMatchObject({ ok: true, text: body });
    }
  });

  it('is known in other hashes and encodings', async () => {
    const signature = await hmacText('SHA-512', 'new', body, 'hex');
    const options = { header, secrets: ['new'], hash: 'SHA-512', encoding: 'hex' } as const;
    expect(await verifySignedWebhook(delivery(body, { [header]: signature }), options)).toMatchObject({ ok: true });
  });

  it('may be empty', async () => {
    const signature = await hmacText('SHA-256', 'new', '', 'base64');
    expect(await verify(delivery(null, { [header]: signature }))).toMatchObject({ ok: true, text: '' });
    expect(await verify(delivery(null, { [header]: good }))).toEqual({ ok: false, reason: 'signature' });
  });

  const notText = bytes(0x7b, 0xff, 0x7d);
  const notTextSignature = toBase64(await hmac('SHA-256', 'new', notText));
  it.each([
    ['no header', body, {}, 'headers'],
    ['an empty header', body, { [header]: '' }, 'headers'],
    ['the hash of another secret', body, { [header]: await hmacText('SHA-256', 'other', body, 'base64') }, 'signature'],
    ['the hash in hexadecimal', body, { [header]: await hmacText('SHA-256', 'new', body, 'hex') }, 'signature'],
    ['the hash without its padding', body, { [header]: good.replace(/=+$/, '') }, 'signature'],
    ['half of the hash', body, { [header]: good.slice(0, 20) }, 'signature'],
    ['the hash twice', body, { [header]: `${good}, ${good}` }, 'signature'],
    ['words', body, { [header]: 'let me in' }, 'signature'],
    ['a changed byte', body.replace('1', '2'), { [header]: good }, 'signature'],
    ['a byte more', `${body} `, { [header]: good }, 'signature'],
    ['a body that is no UTF-8', notText, { [header]: notTextSignature }, 'signature'],
    ['a body that is too large', 'x'.repeat(200), { [header]: good }, 'oversized'],
  ] as const)('is refused with %s', async (_, sent, headers, reason) => {
    expect(await verify(delivery(sent, headers), 100)).toEqual({ ok: false, reason });
  });

  it('is never known by an empty secret, nor without one', async () => {
    const key = await crypto.subtle.importKey('raw', bytes(0), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    // A key of one zero byte hashes like an empty key: both are filled up with zeros.
    const empty = toBase64(new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(body))));
    const request = () => delivery(body, { [header]: empty });
    expect(await verifySignedWebhook(request(), { header, secrets: [''] })).toEqual({ ok: false, reason: 'signature' });
    expect(await verifySignedWebhook(request(), { header, secrets: [] })).toEqual({ ok: false, reason: 'signature' });
  });
});

/** A clock so many seconds after the moment that the delivery was signed for. */
function at(seconds: number): Clock {
  return testClock({ auto: false, startAt: new Date((1_700_000_000 + seconds) * 1000).toISOString() });
}

describe('a delivery after the Standard Webhooks specification', () => {
  const secret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3';
  const body = '{"id":1}';
  const good = 'v1,+IzdwScqhSc2F01pY+rAymMQN73Vy20dLJ0HYWT9BYs=';
  const wrong = `v1,${toBase64(new Uint8Array(32))}`;
  const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': '1700000000', 'webhook-signature': good };
  const verify = (sent: BodyInit | null, given: Record<string, string>, seconds = 0) =>
    verifyStandardWebhook(delivery(sent, given), { secrets: [secret], clock: at(seconds), maxBytes: 100 });

  it('is known by its signature', async () => {
    expect(await verify(body, headers)).toMatchObject({ ok: true, id: 'msg_1', text: body });
  });

  it('may carry several signatures and other versions', async () => {
    for (const signatures of [`${wrong} ${good}`, `v1a,xyz ${good} ${wrong}`, `${good} ${good}`]) {
      expect(await verify(body, { ...headers, 'webhook-signature': signatures })).toMatchObject({ ok: true });
    }
  });

  it('is known while one secret replaces another', async () => {
    const secrets = [`whsec_${toBase64(new TextEncoder().encode('another secret of 24 byt'))}`, secret];
    expect(await verifyStandardWebhook(delivery(body, headers), { secrets, clock: at(0) })).toMatchObject({ ok: true });
  });

  it.each([
    [-301, false],
    [-300, true],
    [0, true],
    [300, true],
    [301, false],
  ])('%d seconds away from our clock is fresh: %s', async (seconds, isFresh) => {
    const verified = await verify(body, headers, seconds);
    expect(verified).toMatchObject(isFresh ? { ok: true } : { ok: false, reason: 'stale' });
  });

  it.each([
    ['no id', body, { 'webhook-id': '' }, 'headers'],
    ['no timestamp', body, { 'webhook-timestamp': '' }, 'headers'],
    ['no signature', body, { 'webhook-signature': '' }, 'headers'],
    ['a date as timestamp', body, { 'webhook-timestamp': '2023-11-14T22:13:20Z' }, 'headers'],
    ['a negative timestamp', body, { 'webhook-timestamp': '-1700000000' }, 'headers'],
    ['a fraction in the timestamp', body, { 'webhook-timestamp': '1700000000.0' }, 'headers'],
    ['another id', body, { 'webhook-id': 'msg_2' }, 'signature'],
    ['another timestamp', body, { 'webhook-timestamp': '1700000001' }, 'signature'],
    ['a signature without its version', body, { 'webhook-signature': good.slice(3) }, 'signature'],
    ['a signature of another version', body, { 'webhook-signature': good.replace('v1', 'v2') }, 'signature'],
    ['half a signature', body, { 'webhook-signature': good.slice(0, 23) }, 'signature'],
    ['a signature in another alphabet', body, { 'webhook-signature': good.replace('+', '-') }, 'signature'],
    ['a changed byte', '{"id":2}', {}, 'signature'],
    ['an empty body', null, {}, 'signature'],
    ['a body that is no UTF-8', bytes(0xff), {}, 'signature'],
    ['a body that is too large', 'x'.repeat(200), {}, 'oversized'],
  ] as const)('is refused with %s', async (_, sent, changed, reason) => {
    expect(await verify(sent, { ...headers, ...changed })).toEqual({ ok: false, reason });
  });

  it.each(['MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3', 'whsec_', 'whsec_not base64'])(
    'needs a secret in its form, which the refusal does not repeat: "%s"',
    async (malformed) => {
      const refused = verifyStandardWebhook(delivery(body, headers), { secrets: [malformed], clock: at(0) });
      await expect(refused).rejects.toMatchObject({ code: 'options.invalid' });
      await expect(refused).rejects.not.toThrow(/MDEy|not base64/);
    },
  );
});
