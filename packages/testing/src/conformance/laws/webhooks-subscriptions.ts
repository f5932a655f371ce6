import type { Subscription } from '@crossdock/core';
import type { StandingSubscription } from '../handling-scenery.ts';
import { holds, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import { subscriptionWords } from './subscription-words.ts';

export const webhooksSubscriptionsLaws = [
  law({
    id: 'webhooks.subscriptions/shows-those-to-every-address',
    operations: ['webhooks.subscriptions'],
    async check(trial) {
      await expectShown(trial, []);
      const { topics, addresses } = trial.scenery['webhooks.subscriptions'];
      const all = addresses.flatMap((address) => topics.map((topic) => ({ topic, address, state: 'active' }) as const));
      await add(trial, all);
      await expectShown(trial, all);
    },
  }),
  law({
    id: 'webhooks.subscriptions/shows-what-is-disabled',
    operations: ['webhooks.subscriptions'],
    applies: (_traits, scenery) => scenery['webhooks.subscriptions']?.faults.includes('disabled') ?? false,
    async check(trial) {
      const { topics, addresses } = trial.scenery['webhooks.subscriptions'];
      const [address] = addresses;
      const all = [
        { topic: topics[0], address, state: 'active' },
        { topic: topics[1], address, state: 'disabled' },
      ] as const;
      await add(trial, all);
      await expectShown(trial, all);
    },
  }),
  law({
    id: 'webhooks.subscriptions/shows-what-subscribe-made',
    operations: ['webhooks.subscriptions', 'webhooks.subscribe'],
    async check(trial) {
      const { topics, addresses } = trial.scenery['webhooks.subscriptions'];
      const plan = { topics, address: addresses[0] };
      const subscribe = () => trial.connector.webhooks.subscribe(plan, { idempotencyKey: 'key-1' });
      const made = (await succeeds(subscribe, 'webhooks.subscribe')).map(nameOf).toSorted().join(', ');
      const shown = (await succeeds(() => trial.connect().webhooks.subscriptions(), 'webhooks.subscriptions'))
        .map(nameOf)
        .toSorted()
        .join(', ');
      holds(shown === made, `webhooks.subscriptions shows ${shown || 'nothing'}, and ${made} was made.`);
    },
  }),
] as const;

type ShowTrial = Trial<'webhooks.subscriptions'>;

async function add({ scenery, platform }: ShowTrial, all: readonly StandingSubscription[]): Promise<void> {
  for (const one of all) await scenery['webhooks.subscriptions'].add(platform, one);
}

async function expectShown({ connector }: ShowTrial, wanted: readonly StandingSubscription[]): Promise<void> {
  const shown = await succeeds(() => connector.webhooks.subscriptions(), 'webhooks.subscriptions');
  const there = subscriptionWords(shown);
  holds(
    there === subscriptionWords(wanted),
    `webhooks.subscriptions shows ${there}, and there is ${subscriptionWords(wanted)}.`,
  );
}

function nameOf({ topic, address, state, ref }: Subscription): string {
  return `${state} "${topic}" at ${address} as "${ref.id}"`;
}
