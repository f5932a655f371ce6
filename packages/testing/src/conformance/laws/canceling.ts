import type { CancelOutcome, EntityKind, Offers, OperationName, Ref, WriteOptions } from '@crossdock/core';
import type { FakePlatform } from '../../fake/platform.ts';
import { codeOf, holds, outcomeOf, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import type { Awaitable, CancelScenery } from '../scenes.ts';

const done: ReadonlySet<string> = new Set(['canceled', 'requested']);

interface Canceling<O extends OperationName, K extends EntityKind, S extends CancelScenery<unknown, K>> {
  readonly operation: O;
  readonly cancel: (connector: Offers<O>, ref: Ref<K>, options: WriteOptions) => Promise<CancelOutcome>;
  readonly sceneryOf: (scenery: Trial<O>['scenery']) => S;
}

/** What holds for every write that cancels a record. */
export function cancelLaws<const O extends OperationName, K extends EntityKind>({
  operation,
  cancel,
  sceneryOf,
}: Canceling<O, K, CancelScenery<unknown, K>>) {
  const options = { idempotencyKey: 'cancel-1' };
  return [
    law({
      id: `${operation}/is-repeatable`,
      operations: [operation],
      async check({ connector, platform, scenery }) {
        const { open, isCanceled } = sceneryOf(scenery);
        const ref = await open(platform);
        for (const time of ['first', 'second']) {
          const { outcome } = await succeeds(
            () => cancel(connector, ref, options),
            `${operation}, called for the ${time} time,`,
          );
          holds(done.has(outcome), `${operation} answered "${outcome}" the ${time} time.`);
        }
        holds(await isCanceled(platform, ref), `The ${ref.kind} "${ref.id}" is not canceled.`);
      },
    }),
    law({
      id: `${operation}/lost-answer-cancels`,
      operations: [operation],
      async check({ connector, clock, platform, scenery }) {
        const { open, isCanceled } = sceneryOf(scenery);
        const ref = await open(platform);
        platform.faults.next('*', { kind: 'drop', when: 'after' });
        const first = await outcomeOf(() => cancel(connector, ref, options));
        if (!first.ok) holds(codeOf(first.error) !== 'no CommerceError', `${operation} threw no CommerceError.`);
        await clock.advance(60_000);
        const { outcome } = await succeeds(
          () => cancel(connector, ref, options),
          `${operation}, repeated after a lost answer,`,
        );
        holds(done.has(outcome), `${operation} answered "${outcome}" after its first answer was lost.`);
        holds(await isCanceled(platform, ref), `The ${ref.kind} "${ref.id}" is not canceled.`);
      },
    }),
  ] as const;
}

/** What holds besides where a record can have gone too far. `tooFar` says how far that is. */
export function lateCancelLaws<const O extends OperationName, K extends EntityKind>({
  operation,
  cancel,
  sceneryOf,
  tooFar,
}: Canceling<
  O,
  K,
  CancelScenery<unknown, K> & { readonly late: (platform: FakePlatform<unknown>) => Awaitable<Ref<K>> }
> & { readonly tooFar: string }) {
  return [
    law({
      id: `${operation}/too-late-is-refused-in-words`,
      operations: [operation],
      async check({ connector, platform, scenery }) {
        const { late, isCanceled } = sceneryOf(scenery);
        const ref = await late(platform);
        const answer = await succeeds(
          () => cancel(connector, ref, { idempotencyKey: 'cancel-1' }),
          `${operation} of what ${tooFar}`,
        );
        holds(answer.outcome === 'refused', `${operation} answered "${answer.outcome}" for what ${tooFar}.`);
        holds(answer.reason.trim() !== '', `${operation} refused without a reason.`);
        holds(!(await isCanceled(platform, ref)), `The scenery's late ${ref.kind} "${ref.id}" was canceled.`);
      },
    }),
  ] as const;
}
