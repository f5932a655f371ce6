import type { Subscription, SubscriptionPlan } from '@crossdock/core';
import type { StandingSubscription } from '../handling-scenery.ts';
import { holds, refusal, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import { changingLaws } from './changing.ts';
import { subscriptionWords } from './subscription-words.ts';

type SubscribeTrial = Trial<'webhooks.subscribe'>;

export const webhooksSubscribeLaws = [
  ...changingLaws({
    operation: 'webhooks.subscribe',
    async prepare(trial, number) {
      const { topics, addresses, add } = trial.scenery['webhooks.subscribe'];
      const [address] = addresses;
      const [first, second, third] = topics;
      if (number === 1) await add(trial.platform, { topic: third, address, state: 'active' });
      // Of three topics another one is unwanted each time, so that one is missing and one is too many every time.
      const plan = { topics: number % 2 === 1 ? [first, second] : [second, third], address };
      return {
        change: async ({ webhooks }, options) => names(await webhooks.subscribe(plan, options)),
        state: async () => subscriptionWords(await standing(trial)),
        wanted: subscriptionWords(activeOnes(plan)),
      };
    },
  }),
  law({
    id: 'webhooks.subscribe/makes-what-is-missing',
    operations: ['webhooks.subscribe'],
    async check(trial) {
      const { topics, addresses, add } = trial.scenery['webhooks.subscribe'];
      const [address] = addresses;
      await add(trial.platform, { topic: topics[0], address, state: 'active' });
      const plan = { topics, address };
      const answer = await subscribe(trial, plan, 'key-1');
      await expectStanding(trial, activeOnes(plan), 'after two of three were missing');
      const said = subscriptionWords(answer);
      holds(
        said === subscriptionWords(activeOnes(plan)),
        `webhooks.subscribe answered ${said}, of ${subscriptionWords(activeOnes(plan))}.`,
      );
    },
  }),
  law({
    id: 'webhooks.subscribe/what-goes-to-other-addresses-stays',
    operations: ['webhooks.subscribe'],
    async check(trial) {
      const { topics, addresses, add } = trial.scenery['webhooks.subscribe'];
      const [address, elsewhere] = addresses;
      const [first, second] = topics;
      const others = [first, second].map((topic) => ({ topic, address: elsewhere, state: 'active' }) as const);
      for (const other of others) await add(trial.platform, other);
      const plan = { topics: [first], address };
      const answer = await subscribe(trial, plan, 'key-1');
      await expectStanding(trial, [...others, ...activeOnes(plan)], 'after another address was subscribed');
      const isOwn = answer.every((one) => one.address === address);
      holds(isOwn, `webhooks.subscribe to one address answered ${subscriptionWords(answer)}.`);
    },
  }),
  law({
    id: 'webhooks.subscribe/ends-what-is-not-wanted',
    operations: ['webhooks.subscribe'],
    async check(trial) {
      const { topics, addresses, add } = trial.scenery['webhooks.subscribe'];
      const [address] = addresses;
      for (const topic of topics) await add(trial.platform, { topic, address, state: 'active' });
      for (const [index, wanted] of [[topics[1]], []].entries()) {
        const plan = { topics: wanted, address };
        await subscribe(trial, plan, `key-${index}`);
        await expectStanding(trial, activeOnes(plan), `after ${wanted.length} of three were wanted`);
      }
    },
  }),
  law({
    id: 'webhooks.subscribe/repairs-what-differs',
    operations: ['webhooks.subscribe'],
    applies: (_traits, scenery) => (scenery['webhooks.subscribe']?.faults.length ?? 0) > 0,
    async check(trial) {
      const { topics, addresses, faults, add } = trial.scenery['webhooks.subscribe'];
      const [address] = addresses;
      for (const [index, state] of faults.entries()) {
        const topic = topics[index] ?? topics[0];
        await add(trial.platform, { topic, address, state });
      }
      const plan = { topics, address };
      const answer = await subscribe(trial, plan, 'key-1');
      await expectStanding(trial, activeOnes(plan), `after what was ${faults.join(' and what was ')}`);
      const said = subscriptionWords(answer);
      holds(
        said === subscriptionWords(activeOnes(plan)),
        `webhooks.subscribe answered ${said}, of ${subscriptionWords(activeOnes(plan))}.`,
      );
    },
  }),
  law({
    id: 'webhooks.subscribe/what-stands-is-not-made-again',
    operations: ['webhooks.subscribe'],
    async check(trial) {
      const { topics, addresses } = trial.scenery['webhooks.subscribe'];
      const plan = { topics, address: addresses[0] };
      const first = names(await subscribe(trial, plan, 'key-1'));
      await trial.clock.advance(hourMs);
      const second = names(await subscribe({ ...trial, connector: trial.connect() }, plan, 'key-2'));
      await expectStanding(trial, activeOnes(plan), 'after the same was subscribed twice');
      holds(first === second, `webhooks.subscribe answered ${first}, and ${second} of the same an hour later.`);
    },
  }),
  law({
    id: 'webhooks.subscribe/an-unknown-topic-is-refused',
    operations: ['webhooks.subscribe'],
    async check(trial) {
      const { topics, addresses, add } = trial.scenery['webhooks.subscribe'];
      const [address] = addresses;
      const standingBefore = { topic: topics[0], address, state: 'active' } as const;
      await add(trial.platform, standingBefore);
      const plan = { topics: [topics[1], 'nobody/knows_this'], address };
      const what = 'webhooks.subscribe to a topic that nobody knows';
      const { code } = await refusal(() => trial.connector.webhooks.subscribe(plan, { idempotencyKey: 'key-1' }), what);
      holds(code === 'webhook.unknown', `${what} was refused as "${code}".`);
      await expectStanding(trial, [standingBefore], `after ${what}`);
    },
  }),
] as const;

const hourMs = 60 * 60_000;

async function subscribe({ connector }: SubscribeTrial, plan: SubscriptionPlan, idempotencyKey: string) {
  const what = `webhooks.subscribe to ${plan.topics.length} topics`;
  return succeeds(() => connector.webhooks.subscribe(plan, { idempotencyKey }), what);
}

async function standing({ scenery, platform }: SubscribeTrial): Promise<readonly StandingSubscription[]> {
  return scenery['webhooks.subscribe'].there(platform);
}

async function expectStanding(
  trial: SubscribeTrial,
  wanted: readonly StandingSubscription[],
  when: string,
): Promise<void> {
  const there = subscriptionWords(await standing(trial));
  holds(
    there === subscriptionWords(wanted),
    `There is ${there} ${when}, and it should be ${subscriptionWords(wanted)}.`,
  );
}

function activeOnes({ topics, address }: SubscriptionPlan): readonly StandingSubscription[] {
  return topics.map((topic) => ({ topic, address, state: 'active' }));
}

/** Which subscriptions these are, by the names that the platform gave them. */
function names(all: readonly Subscription[]): string {
  return all
    .map(({ topic, ref }) => `"${topic}" as "${ref.id}"`)
    .toSorted()
    .join(' and ');
}
