import type { OrderChange, Ref } from '@crossdock/core';
import type { OrderNotes } from '../handling-scenery.ts';
import { holds, outcomeOf, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import { changingLaws, missingLaws } from './changing.ts';
import { mostCalls } from './lost-answer.ts';

type UpdateTrial = Trial<'orders.update'>;

const before: OrderNotes = { note: 'Ring twice.', tags: ['gift', 'phone'] };
const change: OrderChange = { note: 'Leave it at the door.', addTags: ['vip'], removeTags: ['phone'] };
const after: OrderNotes = { note: 'Leave it at the door.', tags: ['gift', 'vip'] };

/** A part of what can be written, and what there is then. */
const parts: readonly (readonly [OrderChange, OrderNotes])[] = [
  [{ note: after.note }, { note: after.note, tags: before.tags }],
  [{ addTags: ['vip'] }, { note: before.note, tags: [...before.tags, 'vip'] }],
  [{ removeTags: ['phone'] }, { note: before.note, tags: ['gift'] }],
  [{}, before],
];

export const ordersUpdateLaws = [
  ...changingLaws({
    operation: 'orders.update',
    async prepare(trial, number) {
      const order = await noted(trial, number);
      return {
        change: async ({ orders }, options) => (await orders.update(order, change, options)).id,
        answer: order.id,
        state: async () => words(await trial.scenery['orders.update'].shown(trial.platform, order)),
        wanted: words(after),
      };
    },
  }),
  ...missingLaws({
    operation: 'orders.update',
    subject: 'order',
    change: ({ orders }, order: Ref<'order'>, options) => orders.update(order, change, options),
    sceneryOf: (scenery) => scenery['orders.update'],
  }),
  law({
    id: 'orders.update/what-is-left-out-stays',
    operations: ['orders.update'],
    async check(trial) {
      for (const [index, [part, wanted]] of parts.entries()) {
        const order = await noted(trial, index + 1);
        const what = `orders.update of ${Object.keys(part).join() || 'nothing'}`;
        await update(trial, order, part, `key-${index}`, what);
        await expectShown(trial, order, wanted, what);
      }
    },
  }),
  law({
    id: 'orders.update/only-named-tags-are-removed',
    operations: ['orders.update'],
    async check(trial) {
      const order = await noted(trial, 1);
      const what = 'orders.update without one tag, and without one that is not there';
      await update(trial, order, { removeTags: ['gift', 'phon', 'nowhere'] }, 'key-1', what);
      await expectShown(trial, order, { note: before.note, tags: ['phone'] }, what);
    },
  }),
  law({
    id: 'orders.update/an-empty-note-takes-it-away',
    operations: ['orders.update'],
    async check(trial) {
      const order = await noted(trial, 1);
      await update(trial, order, { note: '' }, 'key-1', 'orders.update with an empty note');
      await expectShown(trial, order, { note: '', tags: before.tags }, 'orders.update with an empty note');
    },
  }),
  law({
    id: 'orders.update/what-is-so-already-is-not-written',
    operations: ['orders.update'],
    async check(trial) {
      const { shown } = trial.scenery['orders.update'];
      const order = await noted(trial, 1);
      await update(trial, order, change, 'key-1', 'orders.update');
      const { version } = await shown(trial.platform, order);
      for (const [part, key] of [
        [change, 'key-2'],
        [{ addTags: ['gift'] }, 'key-3'],
        [{ removeTags: ['phone'] }, 'key-4'],
        [{}, 'key-5'],
      ] as const) {
        await trial.clock.advance(hourMs);
        const what = `orders.update of what is so already: ${Object.keys(part).join() || 'nothing'}`;
        await update({ ...trial, connector: trial.connect() }, order, part, key, what);
        const { version: then } = await shown(trial.platform, order);
        holds(then === version, `The order was written by ${what}.`);
      }
    },
  }),
  law({
    id: 'orders.update/a-tag-put-on-meanwhile-stays',
    operations: ['orders.update'],
    applies: (_traits, scenery) => scenery['orders.update']?.tagByStranger !== undefined,
    async check(trial) {
      const { tagByStranger, shown } = trial.scenery['orders.update'];
      // Whatever is looked up first: the tag comes behind each call of the update in turn.
      for (let call = 1; call <= mostCalls; call++) {
        const order = await noted(trial, call);
        const stop = trial.platform.faults.always('*', { kind: 'slow', ms: answerMs });
        const progress = { isEnded: false };
        const what = `orders.update with a tag of somebody's behind call ${call}`;
        const updated = outcomeOf(() => update(trial, order, change, `key-${call}`, what));
        void updated.then(() => (progress.isEnded = true));
        await trial.clock.sleep((call - 1) * answerMs + answerMs / 2);
        const isTooLate = progress.isEnded;
        await tagByStranger?.(trial.platform, order, 'fragile');
        await updated;
        stop();
        const { tags } = await shown(trial.platform, order);
        holds(tags.includes('fragile'), `The tag "fragile", put on by somebody, is gone after ${what}.`);
        await update(trial, order, change, `key-${call}`, what);
        await expectShown(trial, order, { ...after, tags: [...after.tags, 'fragile'] }, what);
        if (isTooLate) return;
      }
    },
  }),
] as const;

const hourMs = 60 * 60_000;
/** How long an answer is on its way, so that a tag fits between two calls. */
const answerMs = 1_000;

async function noted({ scenery, platform }: UpdateTrial, number: number): Promise<Ref<'order'>> {
  return scenery['orders.update'].noted(platform, number, before);
}

async function update(
  { connector }: UpdateTrial,
  order: Ref<'order'>,
  part: OrderChange,
  idempotencyKey: string,
  what: string,
): Promise<void> {
  const { id } = await succeeds(() => connector.orders.update(order, part, { idempotencyKey }), what);
  holds(id === order.id, `${what} of "${order.id}" answered "${id}".`);
}

async function expectShown(
  { scenery, platform }: UpdateTrial,
  order: Ref<'order'>,
  wanted: OrderNotes,
  what: string,
): Promise<void> {
  const there = words(await scenery['orders.update'].shown(platform, order));
  holds(there === words(wanted), `There is ${there} after ${what}, and it should be ${words(wanted)}.`);
}

/** The note and the tags in words. Tags have no order of their own. */
function words({ note, tags }: OrderNotes): string {
  return `the note "${note}" and the tags ${tags
    .map((tag) => `"${tag}"`)
    .toSorted()
    .join(', ')}`;
}
