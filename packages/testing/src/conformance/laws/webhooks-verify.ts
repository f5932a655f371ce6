import type { Verification } from '@crossdock/core';
import type { Posting } from '../../fake/webhook-feed.ts';
import { holds, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';

type VerifyTrial = Trial<'webhooks.verify'>;

/** The request of a posting, with other bytes or other headers than were signed. */
async function requestOf(
  { platform, clock }: VerifyTrial,
  posting: Posting,
  change: {
    readonly body?: BodyInit;
    readonly headers?: Readonly<Record<string, string>>;
    readonly signedAt?: number;
  } = {},
): Promise<Request> {
  const whole = await platform.webhooks.request(posting);
  const signed = await posting.headers(change.signedAt ?? clock.now());
  const headers = change.headers ?? { ...Object.fromEntries(whole.headers), ...signed };
  const body = change.body ?? posting.body;
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body, duplex: 'half' };
  return new Request(posting.url, init);
}

function verify({ connector }: VerifyTrial, request: Request, what: string): Promise<Verification> {
  return succeeds(() => connector.webhooks.verify(request), `webhooks.verify of ${what}`);
}

function expectRefusal(verification: Verification, what: string): void {
  holds(!verification.ok, `webhooks.verify let in ${what}.`);
}

export const webhooksVerifyLaws = [
  law({
    id: 'webhooks.verify/accepts-the-platform',
    operations: ['webhooks.verify'],
    async check(trial) {
      const posting = await trial.scenery['webhooks.verify'].genuine(trial.platform);
      const verification = await verify(trial, await requestOf(trial, posting), 'a genuine delivery');
      holds(
        verification.ok,
        `webhooks.verify refused a genuine delivery: "${verification.ok ? '' : verification.reason}".`,
      );
      holds(verification.delivery.body === posting.body, 'The verified body is not what was signed.');
    },
  }),
  law({
    id: 'webhooks.verify/accepts-the-rotated-secret',
    operations: ['webhooks.verify'],
    async check(trial) {
      const posting = await trial.scenery['webhooks.verify'].rotated(trial.platform);
      const verification = await verify(
        trial,
        await requestOf(trial, posting),
        'a delivery signed with the other secret',
      );
      holds(verification.ok, 'webhooks.verify refused a delivery that was signed with the other secret.');
    },
  }),
  law({
    id: 'webhooks.verify/repeated-delivery-has-the-same-id',
    operations: ['webhooks.verify'],
    async check(trial) {
      const posting = await trial.scenery['webhooks.verify'].genuine(trial.platform);
      const ids = new Set<string>();
      for (let time = 0; time < 2; time++) {
        const verification = await verify(trial, await requestOf(trial, posting), 'a repeated delivery');
        holds(verification.ok, 'webhooks.verify refused a repetition of a genuine delivery.');
        ids.add(verification.delivery.deliveryId);
        await trial.clock.advance(60_000);
      }
      holds(ids.size === 1, 'One delivery has two ids, the second after it was repeated.');
    },
  }),
  law({
    id: 'webhooks.verify/refuses-a-forged-delivery',
    operations: ['webhooks.verify'],
    async check(trial) {
      const posting = await trial.scenery['webhooks.verify'].forged(trial.platform);
      expectRefusal(
        await verify(trial, await requestOf(trial, posting), 'a forged delivery'),
        'a delivery that was signed with a secret of a stranger',
      );
    },
  }),
  law({
    id: 'webhooks.verify/refuses-a-changed-byte',
    operations: ['webhooks.verify'],
    applies: (traits) => traits['webhooks.verify']?.scheme !== 'shared-secret',
    async check(trial) {
      const posting = await trial.scenery['webhooks.verify'].genuine(trial.platform);
      const bytes = new TextEncoder().encode(posting.body);
      for (const index of [0, Math.floor(bytes.length / 2), bytes.length - 1]) {
        const changed = bytes.slice();
        changed[index] = (changed[index] ?? 0) ^ 1;
        const verification = await verify(trial, await requestOf(trial, posting, { body: changed }), 'a changed body');
        expectRefusal(verification, `a delivery with byte ${index} changed`);
      }
    },
  }),
  law({
    id: 'webhooks.verify/refuses-the-same-content-in-other-bytes',
    operations: ['webhooks.verify'],
    applies: (traits) => traits['webhooks.verify']?.scheme !== 'shared-secret',
    async check(trial) {
      const posting = await trial.scenery['webhooks.verify'].genuine(trial.platform);
      for (const [what, body] of otherBytes(posting.body)) {
        const verification = await verify(trial, await requestOf(trial, posting, { body }), what);
        expectRefusal(verification, `${what}, which nobody signed`);
      }
    },
  }),
  law({
    id: 'webhooks.verify/refuses-a-stale-delivery',
    operations: ['webhooks.verify'],
    applies: (traits) => traits['webhooks.verify']?.signsTime === true,
    async check(trial) {
      const posting = await trial.scenery['webhooks.verify'].genuine(trial.platform);
      const now = trial.clock.now();
      for (const signedAt of [now - hourMs, now + hourMs]) {
        const request = await requestOf(trial, posting, { signedAt });
        expectRefusal(
          await verify(trial, request, 'a delivery of another hour'),
          `a delivery that was signed ${signedAt < now ? 'an hour ago' : 'in an hour'}`,
        );
      }
    },
  }),
  law({
    id: 'webhooks.verify/refuses-what-is-too-large-before-reading-it',
    operations: ['webhooks.verify'],
    async check(trial) {
      const posting = await trial.scenery['webhooks.verify'].genuine(trial.platform);
      const { body, readSoFar } = endless();
      const verification = await verify(trial, await requestOf(trial, posting, { body }), 'a delivery of 64 MiB');
      expectRefusal(verification, 'a delivery of 64 MiB');
      holds(!verification.ok && verification.reason === 'oversized', 'The refusal does not say "oversized".');
      holds(readSoFar() <= 32, `webhooks.verify read ${readSoFar()} MiB before it refused.`);
    },
  }),
  law({
    id: 'webhooks.verify/measures-the-body-and-not-its-length-header',
    operations: ['webhooks.verify'],
    async check(trial) {
      const posting = await trial.scenery['webhooks.verify'].genuine(trial.platform);
      const withLength = async (body: BodyInit, length: string) => {
        const request = await requestOf(trial, posting, { body });
        request.headers.set('content-length', length);
        return request;
      };
      const genuine = await verify(trial, await withLength(posting.body, '2'), 'a delivery that says 2 bytes');
      holds(
        genuine.ok && genuine.delivery.body === posting.body,
        'webhooks.verify believed the length that a delivery says, and not its bytes.',
      );
      const { body, readSoFar } = endless();
      const verification = await verify(trial, await withLength(body, '2'), 'a delivery of 64 MiB that says 2 bytes');
      expectRefusal(verification, 'a delivery of 64 MiB');
      holds(readSoFar() <= 32, `webhooks.verify read ${readSoFar()} MiB of a delivery that says 2 bytes.`);
    },
  }),
  law({
    id: 'webhooks.verify/never-throws-for-what-a-stranger-sent',
    operations: ['webhooks.verify'],
    async check(trial) {
      const posting = await trial.scenery['webhooks.verify'].genuine(trial.platform);
      const signed = await posting.headers(trial.clock.now());
      const garbage = Object.fromEntries(Object.keys(signed).map((name) => [name, '%%% 1']));
      const requests: readonly (readonly [string, Request])[] = [
        ['a request without headers', await requestOf(trial, posting, { headers: {} })],
        ['a request with garbage in its headers', await requestOf(trial, posting, { headers: garbage })],
        ['a request with an empty body', new Request(posting.url, { method: 'POST', headers: garbage })],
        ['a GET', new Request(posting.url)],
        [
          'bytes that are no text',
          await requestOf(trial, posting, { body: new Uint8Array([0xff, 0xfe, 0x80]), headers: garbage }),
        ],
        ['JSON that was never signed', await requestOf(trial, posting, { body: '{"id":', headers: garbage })],
      ];
      for (const [what, request] of requests) expectRefusal(await verify(trial, request, what), what);
    },
  }),
] as const;

const hourMs = 60 * 60_000;

/** A body of 64 MiB, made as it is read. */
function endless(): { readonly body: ReadableStream<Uint8Array>; readonly readSoFar: () => number } {
  let read = 0;
  const chunk = new Uint8Array(1024 * 1024).fill(0x20);
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      read++;
      if (read > 64) controller.close();
      else controller.enqueue(chunk);
    },
  });
  return { body, readSoFar: () => read };
}

/** What means the same to whoever parses it first: the signature is over bytes. */
function otherBytes(body: string): readonly (readonly [string, BodyInit])[] {
  const content: unknown = JSON.parse(body);
  const entries = typeof content === 'object' && content !== null ? Object.entries(content) : [];
  const bytes = new TextEncoder().encode(body);
  // A byte that is no text, which a lenient reader leaves out.
  const broken = new Uint8Array([...bytes.slice(0, -1), 0xff, ...bytes.slice(-1)]);
  const others: readonly (readonly [string, BodyInit])[] = [
    ['a delivery written anew', JSON.stringify(content, undefined, 3)],
    ['a delivery with its fields in another order', JSON.stringify(Object.fromEntries(entries.toReversed()))],
    ['a delivery behind a byte order mark', `\uFEFF${body}`],
    ['a delivery with a line break behind it', `${body}\n`],
    ['a delivery with a byte that is no text', broken],
  ];
  return others.filter(([, other]) => other !== body);
}
