import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { CommerceError } from '../../src/errors/commerce-error.ts';
import { json, networkError, status, truncated, type Step } from './scripted-fetch.ts';
import { call, canary, caught, client, everythingIn } from './shop-client.ts';

describe('a secret', () => {
  const steps: readonly (readonly [string, Step])[] = [
    ['a status', () => new Response(`no access for ${canary}`, { status: 403 })],
    ['a redirect', status(302, { location: `https://elsewhere.invalid/?token=${canary}` })],
    ['a body that is no JSON', () => new Response(`{"token":"${canary}`)],
    ['a body of another shape', json({ [canary]: 1, token: canary })],
    ['a broken answer', truncated],
    ['a network failure', networkError('ECONNRESET')],
    [
      "Deno's network failure, which quotes the URL",
      (request) => {
        throw new TypeError(`error sending request for url (${request.url}): client error (Connect): refused`);
      },
    ],
    [
      'a failure that carries the request',
      (request) => {
        throw Object.assign(new Error(`Request failed: ${request.url}`), { request, options: { token: canary } });
      },
    ],
    [
      'a failure whose code and lines quote it',
      () => {
        throw Object.assign(new Error(`Request failed:\n    at ${canary}`), { code: `token=${canary}` });
      },
    ],
    ['a throttle', status(429)],
    ['a breakdown', () => new Response(canary, { status: 500 })],
  ];

  it.each(steps)('is in no error after %s', async (_, step) => {
    for (const safety of ['read', 'repeatable', 'once'] as const) {
      const { http } = client([step], {
        retry: { retries: 1, minDelayMs: 1 },
        sign: (request) => new Request(`${request.url}&signature=${canary}`, withToken(request)),
      });
      const error = await caught(
        http.send(
          call({
            method: 'POST',
            safety,
            search: { token: canary },
            json: { password: canary },
            headers: { 'x-api-key': canary },
            answer: z.strictObject({ id: z.number() }),
          }),
        ),
      );
      expect(error).toBeInstanceOf(CommerceError);
      expect(everythingIn(error)).not.toContain(canary);
    }
  });
});

function withToken(request: Request): RequestInit {
  return { method: 'POST', body: canary, headers: { ...Object.fromEntries(request.headers), authorization: canary } };
}
