import { CommerceError, verifyStandardWebhook, type Verification } from '@crossdock/core';
import { toySecrets } from '../toy/platform.ts';
import type { ToyConnector } from '../toy/connector.ts';
import { withPort, type Break, type Breaks } from './flaw.ts';

function verifying(
  verify: (request: Request, sound: ToyConnector, clock: { now(): number }) => Promise<Verification>,
): NonNullable<Break['connector']> {
  return (sound, { clock }) => withPort(sound, 'webhooks', { verify: (request) => verify(request, sound, clock) });
}

/** Believes whoever has the right headers. */
const trusting = verifying(async (request) => {
  const deliveryId = request.headers.get('webhook-id');
  if (!deliveryId) return { ok: false, reason: 'headers' };
  return {
    ok: true,
    delivery: { deliveryId, topic: request.headers.get('x-topic') ?? '', body: await request.text() },
  };
});

type Decode = ToyConnector['webhooks']['decode'];

/** Breaks of a way to tell, by what is decoded. */
function decodeBreaks(port: 'webhooks' | 'notifications'): Breaks {
  const decoding =
    (change: (decode: Decode) => Decode): NonNullable<Break['connector']> =>
    (sound) =>
      withPort(sound, port, { decode: change((...given) => sound[port].decode(...given)) });
  return {
    [`${port}.decode/repeated-delivery-gives-the-same-events`]: {
      says: /when it is repeated/,
      connector: decoding((decode) => {
        let times = 0;
        return async (delivery) => {
          const events = await decode(delivery);
          const time = ++times;
          return time === 1 ? events : events.map((event) => ({ ...event, id: `${event.id}/${time}` }));
        };
      }),
    },
    [`${port}.decode/same-fact-has-the-same-id-by-pull`]: {
      says: /calls the same facts otherwise/,
      connector: decoding((decode) => async (delivery) => {
        const events = await decode(delivery);
        return events.map((event) => ({ ...event, id: `told/${event.id}` }));
      }),
    },
    [`${port}.decode/refuses-an-unknown-topic-in-words`]: {
      says: /should have been refused/,
      connector: decoding(
        (decode) => async (delivery) => (delivery.topic === 'orders/changed' ? decode(delivery) : []),
      ),
    },
  };
}

export const deliveryBreaks: Breaks = {
  'webhooks.verify/accepts-the-platform': {
    says: /refused a genuine delivery/,
    connector: verifying(async () => ({ ok: false, reason: 'signature' })),
  },
  'webhooks.verify/accepts-the-rotated-secret': {
    says: /the other secret/,
    connector: (sound, { clock }) =>
      withPort(sound, 'webhooks', {
        async verify(request) {
          const verified = await verifyStandardWebhook(request, { secrets: toySecrets.slice(0, 1), clock });
          if (!verified.ok) return verified;
          return { ok: true, delivery: { deliveryId: verified.id, topic: '', body: verified.text } };
        },
      }),
  },
  'webhooks.verify/repeated-delivery-has-the-same-id': {
    says: /has two ids/,
    connector: verifying(async (request, sound, clock) => {
      const verification = await sound.webhooks.verify(request);
      if (!verification.ok) return verification;
      return { ok: true, delivery: { ...verification.delivery, deliveryId: `at ${clock.now()}` } };
    }),
  },
  'webhooks.verify/refuses-a-forged-delivery': { says: /a secret of a stranger/, connector: trusting },
  'webhooks.verify/refuses-a-changed-byte': { says: /byte 0 changed/, connector: trusting },
  'webhooks.verify/refuses-a-stale-delivery': {
    says: /an hour ago/,
    connector: (sound, { clock }) =>
      withPort(sound, 'webhooks', {
        async verify(request) {
          const verified = await verifyStandardWebhook(request, { secrets: toySecrets, clock, toleranceMs: 1e12 });
          if (!verified.ok) return verified;
          return { ok: true, delivery: { deliveryId: verified.id, topic: '', body: verified.text } };
        },
      }),
  },
  'webhooks.verify/refuses-what-is-too-large-before-reading-it': {
    says: /read 6\d MiB/,
    connector: verifying(async (request, sound) => {
      const { url, headers } = request;
      return sound.webhooks.verify(new Request(url, { method: 'POST', headers, body: await request.arrayBuffer() }));
    }),
  },
  'webhooks.verify/refuses-the-same-content-in-other-bytes': {
    says: /let in a delivery written anew/,
    connector: verifying(async (request, sound) => {
      const { url, headers } = request;
      const content: unknown = JSON.parse((await request.text()).trim());
      return sound.webhooks.verify(new Request(url, { method: 'POST', headers, body: JSON.stringify(content) }));
    }),
  },
  'webhooks.verify/measures-the-body-and-not-its-length-header': {
    says: /read 6\d MiB of a delivery that says 2 bytes/,
    connector: verifying(async (request, sound) => {
      const { url, headers } = request;
      if (Number(headers.get('content-length')) > 1024) return { ok: false, reason: 'oversized' };
      return sound.webhooks.verify(new Request(url, { method: 'POST', headers, body: await request.arrayBuffer() }));
    }),
  },
  'webhooks.verify/never-throws-for-what-a-stranger-sent': {
    says: /threw SyntaxError/,
    connector: verifying(async (request, sound) => {
      JSON.parse(await request.clone().text());
      return sound.webhooks.verify(request);
    }),
  },
  ...decodeBreaks('webhooks'),
  ...decodeBreaks('notifications'),
  'notifications.read/same-message-has-the-same-id': {
    says: /One message has 3 ids/,
    connector: (sound, { clock }) =>
      withPort(sound, 'notifications', {
        async read(message) {
          const delivery = await sound.notifications.read(message);
          return { ...delivery, deliveryId: `${delivery.deliveryId} at ${clock.now()}` };
        },
      }),
  },
  'notifications.read/another-message-has-another-id': {
    says: /would never be worked on/,
    connector: (sound) =>
      withPort(sound, 'notifications', {
        // The order that a message is about names the message.
        read: async (message) => ({ ...(await sound.notifications.read(message)), deliveryId: 'orders/changed' }),
      }),
  },
  'notifications.read/refuses-what-the-platform-did-not-write': {
    says: /repeats a text that is no JSON/,
    connector: (sound) =>
      withPort(sound, 'notifications', {
        async read(message) {
          try {
            JSON.parse(message.body);
          } catch (cause) {
            throw new CommerceError({ code: 'webhook.malformed', message: 'A message was not taken: no JSON.', cause });
          }
          return sound.notifications.read(message);
        },
      }),
  },
  'notifications.read/asks-nobody': {
    says: /made 1 calls/,
    connector: (sound) =>
      withPort(sound, 'notifications', {
        async read(message) {
          await sound.check();
          return sound.notifications.read(message);
        },
      }),
  },
};
