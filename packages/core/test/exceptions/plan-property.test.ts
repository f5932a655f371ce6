import { redact, type ErrorCode, type Json } from '@crossdock/core';
import { type FlowContext, type Needs } from '@crossdock/core/flows';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeOrder, setUp } from '../flows/set-up.ts';
import { draftOf, webhook } from '../flows/shop.ts';
import { office } from './office.ts';

const needs = { erp: ['orders.create', 'orders.get'] } as const satisfies Needs;
type Context = FlowContext<'order.placed', typeof needs>;
const run = 'place-order/shop/order/1/order.placed';

type Step = { readonly writes: number; readonly reads: boolean; readonly business: boolean };
/** Stages follow each other, the steps of one work beside each other, and the writes of one step follow each other. */
type Stage = readonly Step[];

const stages = fc.array(
  fc.array(fc.record({ writes: fc.integer({ min: 0, max: 2 }), reads: fc.boolean(), business: fc.boolean() }), {
    minLength: 1,
    maxLength: 3,
  }),
  { minLength: 1, maxLength: 3 },
);
const failures = fc.array(
  fc.dictionary(
    fc.constantFrom(
      ...[0, 1, 2].flatMap((stage) => [0, 1, 2].flatMap((step) => [`${stage}${step}0`, `${stage}${step}1`])),
    ),
    fc.constantFrom<ErrorCode>('sku.unknown', 'record.rejected', 'write.uncertain'),
    { maxKeys: 4 },
  ),
  { minLength: 1, maxLength: 4 },
);

function flowOf(all: readonly Stage[]) {
  return async (context: Context) => {
    let seen = '';
    for (const [stage, steps] of all.entries()) {
      const results = await Promise.all(
        steps.map((step, index) =>
          context.step(
            `${stage}${index}`,
            work(context, `${stage}${index}`, step, seen),
            step.business ? { key: `business/${stage}${index}` } : {},
          ),
        ),
      );
      seen = results.join();
    }
  };
}

function work({ systems, event }: Context, name: string, { writes, reads }: Step, seen: string) {
  return async ({ key }: { readonly key: string }) => {
    let last = seen;
    if (reads) last = (await systems.erp.orders.get({ system: 'erp', kind: 'order', id: name }))?.number ?? '';
    for (let write = 0; write < writes; write++) {
      const draft = { ...draftOf(event), tags: [last] };
      last = (await systems.erp.orders.create(draft, { idempotencyKey: `${key}/${name}${write}` })).id;
    }
    return last;
  };
}

it('is kept by the replay: what it would send is sent, in whatever flow, and nothing of what is done', async () => {
  await fc.assert(
    fc.asyncProperty(stages, failures, async (all, breaks) => {
      const erp = office();
      const { composed, clock } = setUp(undefined, {
        maxAttempts: 1,
        settleMs: 1_000,
        systems: { erp: erp.connector },
      });
      const hub = composed({ ...placeOrder, needs, run: flowOf(all) });
      const settle = async () => {
        for (let time = 0; time < 6; time++) {
          await hub.work();
          await clock.advance(1_000);
        }
      };
      const breakAs = (broken: Readonly<Record<string, ErrorCode>>) => {
        erp.broken.clear();
        for (const [what, code] of Object.entries(broken)) erp.broken.set(what, code);
      };
      breakAs(breaks[0] ?? {});
      await hub.receive('shop', webhook('d', ['1']));
      await settle();
      for (const broken of [...breaks.slice(1), {}]) {
        if ((await hub.exceptions.get(run))?.state !== 'open') return;
        erp.sent.length = 0;
        breakAs(broken);
        const plan = await hub.exceptions.plan(run);
        expect(erp.sent).toEqual([]);
        const writes = plan.effects.flatMap((effect) => (effect.kind === 'write' ? [effect] : []));
        const done = writes.filter(({ known }) => known.state === 'done').map(({ key }) => key);
        const planned = writes.filter(({ known }) => known.state !== 'done');
        await hub.exceptions.replay(run, { by: 'Ann' });
        await hub.work();
        const sent = erp.sent.map(({ key, request }) => ({ key, request: redact(request as Json) }));
        // Where a step fails again, those beside it may be ended before they come to send.
        const isMended = Object.keys(broken).length === 0;
        const expected = planned.filter(({ key }) => isMended || sent.some((write) => write.key === key));
        const beyond = plan.end.how === 'unknown' ? sent.length : planned.length;
        // What the replay sends first is what was planned; what it goes on to was unknown.
        const first = sent.filter(({ key }) => planned.some((write) => write.key === key));
        expect(byKey(first)).toEqual(byKey(expected.map(({ key, request }) => ({ key, request }))));
        expect(sent.length).toBeLessThanOrEqual(beyond);
        expect(sent.filter(({ key }) => done.includes(key))).toEqual([]);
        expect(writes.filter(({ step }) => plan.done.includes(step))).toEqual([]);
        for (const { key } of sent) expect(plan.done.some((step) => key.includes(`/${step}/`))).toBe(false);
        await settle();
      }
      expect(await hub.exceptions.get(run)).toMatchObject({ state: 'resolved' });
    }),
    { numRuns: 100 },
  );
}, 60_000);

function byKey<T extends { readonly key: string }>(writes: readonly T[]): readonly T[] {
  return writes.toSorted((one, other) => (one.key < other.key ? -1 : 1));
}
