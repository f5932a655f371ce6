import { hour, loseAnswer, refuse, type Answer, type DraftBench } from './draft-bench.ts';

/** One case of the draft: what it says, what we do, and why where that is not the same. */
export interface DraftCase {
  readonly title: string;
  /** Of draft-ietf-httpapi-idempotency-key-header-07, 15 October 2025. */
  readonly section: '2.1' | '2.2' | '2.3' | '2.4' | '2.6' | '2.7';
  /** The status that the draft has a server answer with; `2xx`: it carries the request out, or repeats its answer. */
  readonly status: '2xx' | 400 | 409 | 422;
  /** What the one who asks last gets from us. */
  readonly ours: Answer;
  /** How often the other system is changed in all. */
  readonly times: number;
  /** Why ours is another answer than the draft's. */
  readonly differs?: string;
  readonly ask: (bench: DraftBench) => Promise<Answer>;
}

/** The status that the draft has for what our refusal says. */
export const statusOf: Readonly<Record<string, 400 | 409 | 422>> = {
  'options.invalid': 400,
  'write.in-flight': 409,
  'key.reused': 422,
};

const first = { id: 'S-1' };
const other = { number: '1042', lines: ['MUG'] };
const day = 24 * hour;

export const draftCases: readonly DraftCase[] = [
  {
    title: 'a first request is carried out',
    section: '2.6',
    status: '2xx',
    ours: first,
    times: 1,
    ask: ({ ask }) => ask(),
  },
  {
    title: 'a retry after it was carried out gets the first answer',
    section: '2.6',
    status: '2xx',
    ours: first,
    times: 1,
    async ask({ ask }) {
      await ask();
      return ask();
    },
  },
  {
    title: 'a retry while it is being carried out is a conflict',
    section: '2.7',
    status: 409,
    ours: { refused: 'write.in-flight' },
    times: 1,
    async ask({ ask, begin }) {
      const running = await begin();
      const answer = await ask();
      await running.finish();
      return answer;
    },
  },
  {
    title: 'a retry after the conflict is over gets the first answer, as no correction is required',
    section: '2.7',
    status: '2xx',
    ours: first,
    times: 1,
    async ask({ ask, begin }) {
      const running = await begin();
      await ask();
      await running.finish();
      return ask();
    },
  },
  {
    title: 'a retry that is willing to wait gets the first answer instead of the conflict',
    section: '2.6',
    status: 409,
    ours: first,
    times: 1,
    differs:
      'The draft speaks of a server, which must not keep a connection open. Whoever asks in a process of ours may say that it would rather wait, up to a limit of its own.',
    async ask({ ask, begin, clock }) {
      const running = await begin();
      const waiting = ask({ whileRunning: 'wait' });
      await clock.advance(10_000);
      await running.finish();
      await clock.advance(2_000);
      return waiting;
    },
  },
  {
    title: 'a key with another payload is refused',
    section: '2.7',
    status: 422,
    ours: { refused: 'key.reused' },
    times: 1,
    async ask({ ask }) {
      await ask();
      return ask({ request: other });
    },
  },
  {
    title: 'a key with another payload is refused while the first is being carried out, too',
    section: '2.7',
    status: 422,
    ours: { refused: 'key.reused' },
    times: 1,
    async ask({ ask, begin }) {
      const running = await begin();
      const answer = await ask({ request: other });
      await running.finish();
      return answer;
    },
  },
  {
    title: 'a key with another payload is refused while nobody knows how the first ended, too',
    section: '2.7',
    status: 422,
    ours: { refused: 'key.reused' },
    times: 0,
    async ask({ ask }) {
      await ask({ send: loseAnswer });
      return ask({ request: other, afterDoubt: 'send' });
    },
  },
  {
    title: 'another key with the same payload is another request',
    section: '2.2',
    status: '2xx',
    ours: { id: 'S-2' },
    times: 2,
    async ask({ ask }) {
      await ask();
      return ask({ key: 'order-1043' });
    },
  },
  {
    title: 'a payload whose fields stand in another order is the same payload',
    section: '2.4',
    status: '2xx',
    ours: first,
    times: 1,
    async ask({ ask }) {
      await ask();
      return ask({ request: { lines: ['TEE'], number: '1042' } });
    },
  },
  {
    title: 'a write without a key is refused before it is sent',
    section: '2.7',
    status: 400,
    ours: { refused: 'options.invalid' },
    times: 0,
    ask: ({ askConnector }) => askConnector(undefined),
  },
  {
    title: 'a blank key is refused',
    section: '2.1',
    status: 400,
    ours: { refused: 'options.invalid' },
    times: 0,
    ask: ({ askConnector }) => askConnector(' '),
  },
  {
    title: 'a key that is no text is refused',
    section: '2.1',
    status: 400,
    ours: { refused: 'options.invalid' },
    times: 0,
    ask: ({ askConnector }) => askConnector(1042),
  },
  {
    title: 'several keys at once are refused',
    section: '2.1',
    status: 400,
    ours: { refused: 'options.invalid' },
    times: 0,
    ask: ({ askConnector }) => askConnector(['order-1042', 'order-1043']),
  },
  {
    title: 'a key that is longer than platforms take is refused',
    section: '2.1',
    status: 400,
    ours: { refused: 'options.invalid' },
    times: 0,
    ask: ({ askConnector }) => askConnector('k'.repeat(201)),
  },
  {
    title: 'a retry a year later gets the first answer',
    section: '2.3',
    status: '2xx',
    ours: first,
    times: 1,
    differs:
      'The draft lets a server forget keys after a time, and the same key would make a second order. Ours keeps them for ever: an order may be replayed after any time.',
    async ask({ ask, clock }) {
      await ask();
      await clock.advance(365 * day);
      return ask();
    },
  },
  {
    title: 'a retry within the time for which the platform honours a key is sent again, where nobody knows the answer',
    section: '2.3',
    status: '2xx',
    ours: first,
    times: 1,
    async ask({ ask, clock }) {
      await ask({ send: loseAnswer, afterDoubt: 'send', validForMs: day });
      await clock.advance(23 * hour);
      return ask({ afterDoubt: 'send', validForMs: day });
    },
  },
  {
    title: 'a retry after that time is not sent, under this key or another',
    section: '2.3',
    status: '2xx',
    ours: { refused: 'write.uncertain' },
    times: 0,
    differs:
      'To a server that forgot the key this is a first request, and it would carry it out a second time. We are its client and know that we have asked before: a person looks it up.',
    async ask({ ask, clock }) {
      await ask({ send: loseAnswer, afterDoubt: 'send', validForMs: day });
      await clock.advance(25 * hour);
      return ask({ afterDoubt: 'send', validForMs: day });
    },
  },
  {
    title: 'a retry of a request that was refused is carried out',
    section: '2.6',
    status: '2xx',
    ours: first,
    times: 1,
    differs:
      "The draft repeats the error of the first. A refusal of ours is a platform's word that it did nothing, and what was missing may be there now: a person puts it right and replays.",
    async ask({ ask }) {
      await ask({ send: refuse });
      return ask();
    },
  },
  {
    title: 'a corrected request under the key of one that was refused is carried out',
    section: '2.7',
    status: 422,
    ours: first,
    times: 1,
    differs:
      'The draft has a client correct a request and wants another key for it. The key of ours is that of the order, and an order that is corrected is still that order; nothing was made under the key.',
    async ask({ ask }) {
      await ask({ send: refuse });
      return ask({ request: other });
    },
  },
  {
    title: 'a retry of a request without an answer is not carried out again before it is looked up',
    section: '2.6',
    status: '2xx',
    ours: { refused: 'write.uncertain' },
    times: 0,
    differs:
      'A server knows what it did, and answers with that. We stand before the server, and where it honours no key only a look at the record tells.',
    async ask({ ask }) {
      await ask({ send: loseAnswer });
      return ask();
    },
  },
  {
    title: 'a retry of a request without an answer gets what was found',
    section: '2.6',
    status: '2xx',
    ours: { id: 'S-7' },
    times: 0,
    async ask({ ask }) {
      await ask({ send: loseAnswer });
      return ask({ afterDoubt: async () => ({ id: 'S-7' }) });
    },
  },
  {
    title: 'a retry after the process died that was at it is a conflict no longer than its lease',
    section: '2.7',
    status: '2xx',
    ours: first,
    times: 1,
    async ask({ ask, die, clock }) {
      await die();
      await clock.advance(60_001);
      return ask({ afterDoubt: async () => undefined });
    },
  },
];
