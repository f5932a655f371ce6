import {
  addMoney,
  equalMoney,
  money,
  subtractMoney,
  zeroMoney,
  type CaptureDraft,
  type Money,
  type Ref,
  type TraitCatalogue,
} from '@crossdock/core';
import { codeOf, holds, outcomeOf, refusal, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import { changingLaws, missingLaws } from './changing.ts';

type CaptureTrial = Trial<'payments.capture'>;

export const paymentsCaptureLaws = [
  ...changingLaws({
    operation: 'payments.capture',
    async prepare(trial, number) {
      const draft = await draftOf(trial, number);
      const one = part(draft, '1.00');
      return {
        change: async ({ payments }, options) => (await payments.capture(one, options)).id,
        state: async () => words(await stateOf(trial, draft)),
        wanted: words({ reserved: subtractMoney(draft.amount, one.amount), taken: [one.amount] }),
      };
    },
  }),
  ...missingLaws({
    operation: 'payments.capture',
    subject: 'order',
    change: ({ payments }, order: Ref<'order'>, options) =>
      payments.capture({ order, authorization: '1', amount: money('1.00', 'EUR') }, options),
    sceneryOf: (scenery) => scenery['payments.capture'],
  }),
  law({
    id: 'payments.capture/a-part-and-then-the-rest',
    operations: ['payments.capture'],
    async check(trial) {
      const draft = await draftOf(trial, 1);
      const one = part(draft, '1.00');
      const rest = { ...draft, amount: subtractMoney(draft.amount, one.amount) };
      await take(trial, one, 'key-1');
      await take(trial, rest, 'key-2');
      const all = { reserved: zeroMoney(draft.amount.currency), taken: [one.amount, rest.amount] };
      await expectState(trial, draft, all, 'after a part and the rest');
      await expectRejected(trial, one, 'of 1.00 when nothing is reserved any more');
      await expectState(trial, draft, all, 'after more was asked for');
    },
  }),
  law({
    id: 'payments.capture/never-more-than-is-reserved',
    operations: ['payments.capture'],
    async check(trial) {
      const draft = await draftOf(trial, 1);
      const one = part(draft, '1.00');
      const nothing = { reserved: draft.amount, taken: [] };
      await expectRejected(trial, { ...draft, amount: addMoney(draft.amount, one.amount) }, 'of 1.00 too much');
      await expectState(trial, draft, nothing, 'after 1.00 too much was asked for');
      await take(trial, one, 'key-1');
      await expectRejected(trial, draft, 'of all that was reserved, after a part of it,');
      const left = { reserved: subtractMoney(draft.amount, one.amount), taken: [one.amount] };
      await expectState(trial, draft, left, 'after a part and 1.00 too much');
    },
  }),
  law({
    id: 'payments.capture/the-last-one-gives-the-rest-back',
    operations: ['payments.capture'],
    async check(trial) {
      const draft = await draftOf(trial, 1);
      const one = { ...part(draft, '1.00'), isLast: true };
      await take(trial, one, 'key-1');
      const done = { reserved: zeroMoney(draft.amount.currency), taken: [one.amount] };
      await expectState(trial, draft, done, 'after the last capture');
    },
  }),
  law({
    id: 'payments.capture/the-same-sum-under-another-key-is-no-repetition',
    operations: ['payments.capture'],
    async check(trial) {
      const draft = await draftOf(trial, 1);
      const one = part(draft, '1.00');
      const first = await take(trial, one, 'key-1');
      const once = { reserved: subtractMoney(draft.amount, one.amount), taken: [one.amount] };
      const twice = { reserved: subtractMoney(once.reserved, one.amount), taken: [one.amount, one.amount] };
      const another = { ...trial, connector: trial.connect() };
      const what = 'payments.capture of the same sum under another key';
      const second = await expectTakenOrTold(another, one, 'key-2', { once, twice }, what);
      holds(second !== first, `${what} answered "${first}", as the first one did.`);
    },
  }),
  law({
    id: 'payments.capture/what-a-person-took-is-not-ours',
    operations: ['payments.capture'],
    applies: (_traits, scenery) => scenery['payments.capture']?.takeByStranger !== undefined,
    async check(trial) {
      const draft = await draftOf(trial, 1);
      const one = part(draft, '1.00');
      await trial.scenery['payments.capture'].takeByStranger?.(trial.platform, one);
      const once = { reserved: subtractMoney(draft.amount, one.amount), taken: [one.amount] };
      const twice = { reserved: subtractMoney(once.reserved, one.amount), taken: [one.amount, one.amount] };
      await expectState(trial, draft, once, 'after a person took 1.00');
      const what = 'payments.capture of the sum that a person took by hand';
      await expectTakenOrTold(trial, one, 'key-1', { once, twice }, what);
    },
  }),
  law({
    id: 'payments.capture/another-sum-under-its-key-is-refused',
    operations: ['payments.capture'],
    applies: tellsByKey,
    async check(trial) {
      const draft = await draftOf(trial, 1);
      const one = part(draft, '1.00');
      await take(trial, one, 'key-1');
      const what = 'payments.capture of another sum under the same key';
      const another = { ...trial, connector: trial.connect() };
      const { code } = await refusal(() => capture(another, part(draft, '1.50'), 'key-1'), what);
      holds(code === 'key.reused', `${what} was refused as "${code}".`);
      const once = { reserved: subtractMoney(draft.amount, one.amount), taken: [one.amount] };
      await expectState(trial, draft, once, `after ${what}`);
    },
  }),
  law({
    id: 'payments.capture/a-sum-that-is-none-is-refused',
    operations: ['payments.capture'],
    async check(trial) {
      const draft = await draftOf(trial, 1);
      const { currency } = draft.amount;
      const foreign = currency === 'NOK' ? 'SEK' : 'NOK';
      for (const amount of [money('0.00', currency), money('-1.00', currency), money('1.00', foreign)]) {
        const what = `payments.capture of "${amount.amount}" ${amount.currency}, of ${currency} reserved,`;
        const { code } = await refusal(() => capture(trial, { ...draft, amount }, `key-${amount.amount}`), what);
        holds(senseless.has(code), `${what} was refused as "${code}".`);
        await expectState(trial, draft, { reserved: draft.amount, taken: [] }, `after ${what}`);
      }
    },
  }),
  law({
    id: 'payments.capture/an-unknown-authorization-is-refused',
    operations: ['payments.capture'],
    async check(trial) {
      const draft = await draftOf(trial, 1);
      const other = await draftOf(trial, 2);
      const what = 'payments.capture of what was reserved for another order';
      const { code } = await refusal(
        () => capture(trial, { ...draft, authorization: other.authorization }, 'key-1'),
        what,
      );
      holds(code === 'record.missing', `${what} was refused as "${code}".`);
      for (const one of [draft, other])
        await expectState(trial, one, { reserved: one.amount, taken: [] }, `after ${what}`);
    },
  }),
] as const;

const senseless: ReadonlySet<string> = new Set(['record.invalid', 'record.rejected', 'money.invalid']);

/** Whether a repetition is told by its key, and not by what is left alone. */
function tellsByKey(traits: Partial<TraitCatalogue>): boolean {
  return traits['payments.capture']?.duplicateGuard !== 'remaining-quantity';
}

type MoneyState = { readonly reserved: Money; readonly taken: readonly Money[] };

async function draftOf({ scenery, platform }: CaptureTrial, number: number): Promise<CaptureDraft> {
  const draft = await scenery['payments.capture'].draft(platform, number);
  const reserved = await scenery['payments.capture'].reserved(platform, draft);
  holds(equalMoney(reserved, draft.amount), 'The scenery has to give a draft of all that is reserved.');
  return draft;
}

function part(draft: CaptureDraft, amount: string): CaptureDraft {
  return { ...draft, amount: money(amount, draft.amount.currency) };
}

function capture({ connector }: CaptureTrial, draft: CaptureDraft, idempotencyKey: string) {
  return connector.payments.capture(draft, { idempotencyKey });
}

async function take(trial: CaptureTrial, draft: CaptureDraft, key: string): Promise<string> {
  const what = `payments.capture of ${draft.amount.amount}`;
  return (await succeeds(() => capture(trial, draft, key), what)).id;
}

async function expectRejected(trial: CaptureTrial, draft: CaptureDraft, what: string): Promise<void> {
  const { code } = await refusal(() => capture(trial, draft, 'key-more'), `payments.capture ${what}`);
  holds(code === 'record.rejected', `payments.capture ${what} was refused as "${code}".`);
}

async function stateOf({ scenery, platform }: CaptureTrial, draft: CaptureDraft): Promise<MoneyState> {
  const { reserved, taken } = scenery['payments.capture'];
  return { reserved: await reserved(platform, draft), taken: await taken(platform, draft) };
}

async function expectState(trial: CaptureTrial, draft: CaptureDraft, wanted: MoneyState, when: string): Promise<void> {
  const there = words(await stateOf(trial, draft));
  holds(there === words(wanted), `There is ${there} ${when}, and it should be ${words(wanted)}.`);
}

/** Takes a sum a second time, or says that this cannot be told. A success that took nothing would be money that never comes. */
async function expectTakenOrTold(
  trial: CaptureTrial,
  draft: CaptureDraft,
  key: string,
  { once, twice }: { readonly once: MoneyState; readonly twice: MoneyState },
  what: string,
): Promise<string | undefined> {
  const ended = await outcomeOf(() => capture(trial, draft, key));
  await expectState(trial, draft, ended.ok ? twice : once, `after ${what}`);
  if (ended.ok) return ended.value.id;
  const code = codeOf(ended.error);
  holds(code === 'write.uncertain' || code === 'record.duplicate', `${what} was refused as "${code}".`);
  return undefined;
}

/** Money in words, the sums as they are written with all decimals. */
function words({ reserved, taken }: MoneyState): string {
  const sums = taken.map((sum) => subtractMoney(sum, zeroMoney(sum.currency)).amount).toSorted();
  const left = subtractMoney(reserved, zeroMoney(reserved.currency)).amount;
  return `${left} reserved and ${sums.join(' and ') || 'nothing'} taken`;
}
