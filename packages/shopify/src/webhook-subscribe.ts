import { halfDone, type Subscription, type SubscriptionPlan, type WriteOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import {
  webhookSubscriptionCreate,
  webhookSubscriptionDelete,
  webhookSubscriptionUpdate,
} from './documents/webhooks.ts';
import { raiseUserErrors, saidIn } from './errors.ts';
import { refusal, type About } from './record-about.ts';
import { addressOf, isSameAddress } from './webhook-address.ts';
import { readSubscriptions, toSubscription } from './webhook-subscriptions.ts';
import { topicWords, type TopicWord } from './webhook-topics.ts';
import type { UserErrors } from './wire/user-error.ts';
import type { WireSubscription } from './wire/webhook-subscription.ts';

const operation = 'webhooks.subscribe';
/** More than callers that meet in practice. */
const mostRounds = 5;

/** What takes a filter away is not written down: one after the other is tried. */
const nothing = [
  { filter: '', includeFields: [] },
  { filter: null, includeFields: null },
] as const;
type Unfiltered = (typeof nothing)[number];

/** What has to be done so that an address is told what it is to be told. */
interface Repairs {
  readonly gone: readonly WireSubscription[];
  readonly narrowed: readonly WireSubscription[];
  readonly missing: readonly TopicWord[];
}

/**
 * Lists what stands, and makes, repairs and ends what differs, until a look shows that nothing does: others may do the same
 * at the same moment. Shopify takes a topic once for an address, so a repeat makes nothing more.
 */
export function webhookSubscribe(client: ShopifyClient, { system }: { readonly system: string }) {
  return async function subscribe(
    plan: SubscriptionPlan,
    { lane, signal }: WriteOptions,
  ): Promise<readonly Subscription[]> {
    const call = { operation, lane, signal } as const;
    const about: About = { what: `"${system}" does not tell all that it should`, system, operation, refs: [] };
    const address = addressOf(plan.address, system);
    const words = [...new Set(await topicWords(client, system, plan.topics, call))];
    let hasWritten = false;
    try {
      return await settled();
    } catch (error) {
      const what = `What "${system}" tells was changed only in part`;
      const next = 'Repeat it: only what differs is written.';
      throw hasWritten ? halfDone(error, { ...about, what, next }) : error;
    }

    async function settled(): Promise<readonly Subscription[]> {
      let before = '';
      let tries = 0;
      let refused: UserErrors = [];
      for (let round = 0; round < mostRounds; round += 1) {
        const all = await readSubscriptions(client, call);
        const there = all.filter(({ uri }) => isSameAddress(uri, address));
        const repairs = repairsOf(there, words);
        const isDone = Object.values(repairs).every((list) => list.length === 0);
        if (isDone) return words.flatMap((word) => there.filter(({ topic }) => topic === word)).map(toOne);
        const state = JSON.stringify(there);
        tries = state === before ? tries + 1 : 0;
        // What was refused a moment ago is refused again, and a filter once every way to take it away was tried.
        if (tries >= (repairs.narrowed.length > 0 ? nothing.length : 1)) raiseRefused(about, refused);
        before = state;
        refused = await repair(repairs, nothing[round % nothing.length]);
      }
      raiseRefused(about, refused);
      throw refusal(about, 'platform.conflict', 'others change its subscriptions all the time', 'Try again.');
    }

    function toOne(wire: WireSubscription): Subscription {
      return toSubscription(wire, system);
    }

    async function repair({ gone, narrowed, missing }: Repairs, plain: Unfiltered | undefined): Promise<UserErrors> {
      const errors: UserErrors[number][] = [];
      const writing = { ...call, safety: 'repeatable' } as const;
      const subscription = { uri: address, format: 'JSON' } as const;
      const note = (payload: { readonly userErrors: UserErrors } | null | undefined) => {
        const said = payload?.userErrors ?? [];
        hasWritten ||= said.length === 0;
        errors.push(...said);
      };
      for (const { id } of gone) {
        const sent = await client.run(webhookSubscriptionDelete, { ...writing, variables: { id } });
        note(sent.webhookSubscriptionDelete);
      }
      for (const { id, uri } of narrowed) {
        const whole = { ...subscription, uri, ...plain };
        const variables = { id, subscription: whole };
        const sent = await client.run(webhookSubscriptionUpdate, { ...writing, variables });
        note(sent.webhookSubscriptionUpdate);
      }
      for (const topic of missing) {
        const sent = await client.run(webhookSubscriptionCreate, { ...writing, variables: { topic, subscription } });
        note(sent.webhookSubscriptionCreate);
      }
      return errors;
    }
  };
}

/** Of several for one topic the first that tells everything stays. */
function repairsOf(there: readonly WireSubscription[], words: readonly TopicWord[]): Repairs {
  const kept = words.flatMap((word) => {
    const own = there.filter(({ topic }) => topic === word);
    return own.find((each) => !isNarrowed(each)) ?? own[0] ?? [];
  });
  return {
    gone: there.filter((each) => !kept.includes(each)),
    narrowed: kept.filter(isNarrowed),
    missing: words.filter((word) => kept.every(({ topic }) => topic !== word)),
  };
}

/** Whether it tells less than everything, or in XML. */
function isNarrowed({ format, filter, includeFields }: WireSubscription): boolean {
  return format !== 'JSON' || (filter !== null && filter !== '') || includeFields.length > 0;
}

/** Topics of what the app may not read, or of personal data that it was not approved for. */
function raiseRefused(about: About, errors: UserErrors): void {
  if (errors.some(({ message }) => /permission|access|approved/i.test(message))) {
    const next = 'Give the app the scopes of these topics, and have it approved for protected customer data.';
    throw refusal(about, 'access.denied', `Shopify said ${saidIn(errors)}`, next);
  }
  raiseUserErrors(errors, about);
}
