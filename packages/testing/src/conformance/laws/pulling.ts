import type { EntityKind, Offers, Page, ReadOptions, Ref, Since } from '@crossdock/core';
import type { FakePlatform } from '../../fake/platform.ts';
import { codeOf, holds, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import type { PullOperation } from '../pulls.ts';
import { missingFrom, problemAbout, readAll } from '../read-all.ts';
import type { Awaitable, LateChange } from '../scenes.ts';

export type Pull = (since: Since, options?: ReadOptions) => AsyncIterable<Page<{ readonly ref: Ref }>>;

/** The parts of a scenery that the laws of a pull use. */
interface Scene<K extends EntityKind> {
  readonly seed: (platform: FakePlatform<unknown>, count: number) => Awaitable<readonly Ref<K>[]>;
  /** Left out where nothing changes any more. */
  readonly touch?: ((platform: FakePlatform<unknown>, ref: Ref<K>) => Awaitable<void>) | undefined;
  readonly late?: LateChange<unknown, Ref<K>> | undefined;
}

interface PullLaw<O extends PullOperation, K extends EntityKind> {
  readonly operation: O;
  readonly pullOf: (connector: Offers<O>) => Pull;
  readonly sceneryOf: (scenery: Trial<O>['scenery']) => Scene<K>;
}

/** What holds for every pull of records that have a reference. */
export function pullLaws<const O extends PullOperation, K extends EntityKind>({
  operation,
  pullOf,
  sceneryOf,
}: PullLaw<O, K>) {
  /** Enough for two pages of the largest size. */
  async function seedPages(trial: Trial<O>): Promise<readonly Ref<K>[]> {
    return sceneryOf(trial.scenery).seed(trial.platform, (largestPage(trial) ?? 250) + 3);
  }

  /** What the connector says of it. */
  function largestPage(trial: Trial<O>): number | undefined {
    const traits = trial.connector.traits[operation];
    return traits && 'maxPage' in traits ? traits.maxPage : undefined;
  }

  return [
    law({
      id: `${operation}/reaches-every-page`,
      operations: [operation],
      async check(trial) {
        const seeded = await seedPages(trial);
        const haul = await succeeds(() => readAll(pullOf(trial.connector)({})), operation);
        const missing = missingFrom(seeded, haul);
        holds(
          missing.length === 0,
          `${operation} left out ${missing.length} of ${seeded.length}: ${missing.join(', ')}`,
        );
        holds(
          haul.cursors.length > 1 || largestPage(trial) === undefined,
          `${operation} gave ${seeded.length} records on one page; maxPage says otherwise.`,
        );
      },
    }),
    law({
      id: `${operation}/resumes-from-its-cursor`,
      operations: [operation],
      async check(trial) {
        const seeded = await seedPages(trial);
        const first = await readAll(pullOf(trial.connector)({}), { pages: 1 });
        const [cursor] = first.cursors;
        const rest = await succeeds(
          () => readAll(pullOf(trial.connect())({ cursor })),
          `${operation} in another process, from the cursor of the first page,`,
        );
        const missing = missingFrom(seeded, first, rest);
        holds(missing.length === 0, `${operation} from a saved cursor left out ${missing.join(', ')}.`);
      },
    }),
    law({
      id: `${operation}/brings-what-changed-since`,
      operations: [operation],
      async check(trial) {
        const { seed, touch } = sceneryOf(trial.scenery);
        const seeded = await seed(trial.platform, 3);
        const first = await readAll(pullOf(trial.connector)({}));
        await trial.clock.advance(hourMs);
        const [changed] = touch ? seeded : [];
        if (changed) await touch?.(trial.platform, changed);
        const wanted = [...(changed ? [changed] : []), ...(await seed(trial.platform, 1))];
        holds(wanted.length > 0, 'The scenery seeded nothing.');
        const next = await readAll(pullOf(trial.connect())({ cursor: first.cursors.at(-1) }));
        const missing = missingFrom(wanted, next);
        holds(missing.length === 0, `${operation} from the last cursor left out ${missing.join(', ')}, changed since.`);
      },
    }),
    law({
      id: `${operation}/keeps-what-changes-while-paging`,
      operations: [operation],
      applies: (_traits, scenery) => scenery[operation]?.touch !== undefined,
      async check(trial) {
        const seeded = await seedPages(trial);
        const { touch } = sceneryOf(trial.scenery);
        const changed = touch ? [seeded.at(0), seeded.at(-1)].filter((ref) => ref !== undefined) : [];
        let onFirstPage = 0;
        const haul = await readAll(pullOf(trial.connector)({}), {
          // One from each end of the list: both move, and the records between them with them.
          async afterPage(number, itemsSoFar) {
            await trial.clock.advance(minuteMs);
            if (number !== 1) return;
            onFirstPage = itemsSoFar;
            for (const ref of changed) await touch?.(trial.platform, ref);
          },
        });
        const next = await readAll(pullOf(trial.connector)({ cursor: haul.cursors.at(-1) }));
        const missing = missingFrom(seeded, haul, next);
        holds(missing.length === 0, `${operation} lost ${missing.join(', ')}: records changed between two pages.`);
        const later = { ...haul, items: haul.items.slice(onFirstPage) };
        const stale = missingFrom(changed, later, next);
        holds(stale.length === 0, `${operation} never brought ${stale.join(', ')} as it is after its change.`);
      },
    }),
    law({
      id: `${operation}/finds-what-became-visible-late`,
      operations: [operation],
      applies: (_traits, scenery) => scenery[operation]?.late !== undefined,
      async check(trial) {
        const { seed, late } = sceneryOf(trial.scenery);
        const [slow] = await seed(trial.platform, 3);
        const first = await readAll(pullOf(trial.connector)({}));
        await trial.clock.advance(hourMs);
        holds(slow !== undefined && late !== undefined, 'The scenery seeded nothing, or knows of nothing late.');
        const seen = await late.begin(trial.platform, slow);
        await trial.clock.advance(Math.min(late.ms / 2, minuteMs / 2));
        const [fast] = await seed(trial.platform, 1);
        const before = await readAll(pullOf(trial.connect())({ cursor: first.cursors.at(-1) }));
        // Otherwise the cursor has not passed the change, and finding it later proves nothing.
        holds(fast !== undefined && missingFrom([fast], before).length === 0, `${operation} left out a new record.`);
        const quiet = await readAll(pullOf(trial.connect())({ cursor: before.cursors.at(-1) }));
        holds(missingFrom([slow], quiet).length > 0, 'The scenery shows its late change at once.');
        await seen();
        const after = await readAll(pullOf(trial.connect())({ cursor: quiet.cursors.at(-1) }));
        const missing = missingFrom([slow], after);
        holds(
          missing.length === 0,
          `${operation} never brought ${missing.join(', ')}, whose change was seen ${late.ms / 1000} s after it was made.`,
        );
      },
    }),
    law({
      id: `${operation}/looks-back-to-a-moment`,
      operations: [operation],
      async check(trial) {
        const { seed, touch } = sceneryOf(trial.scenery);
        const [before] = await seed(trial.platform, 3);
        holds(before !== undefined, 'The scenery seeded nothing.');
        await trial.clock.advance(hourMs);
        const updatedAfter = new Date(trial.clock.now() - minuteMs).toISOString();
        const changed = touch ? [before] : [];
        for (const ref of changed) await touch?.(trial.platform, ref);
        const added = await seed(trial.platform, 2);
        await trial.clock.advance(hourMs);
        // A sweep has no cursor that it could go on from.
        const haul = await succeeds(() => readAll(pullOf(trial.connector)({ updatedAfter })), operation);
        const missing = missingFrom([...changed, ...added], haul);
        holds(
          missing.length === 0,
          `${operation} since ${updatedAfter} left out ${missing.join(', ')}, changed since.`,
        );
      },
    }),
  ] as const;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What holds besides for pulls of records that have a status. */
export function statusLaws<const O extends PullOperation>(
  operation: O,
  pullOf: (connector: Offers<O>) => Pull,
  sceneryOf: (scenery: Trial<O>['scenery']) => {
    readonly seed: (platform: FakePlatform<unknown>, count: number) => Awaitable<readonly Ref[]>;
    readonly unknownStatus: (platform: FakePlatform<unknown>) => Awaitable<Ref>;
  },
) {
  return [
    law({
      id: `${operation}/reports-an-unknown-status-and-goes-on`,
      operations: [operation],
      async check(trial) {
        const { seed, unknownStatus } = sceneryOf(trial.scenery);
        const before = await seed(trial.platform, 2);
        const strange = await unknownStatus(trial.platform);
        const after = await seed(trial.platform, 2);
        const haul = await succeeds(() => readAll(pullOf(trial.connector)({})), `${operation} of an unknown status`);
        const missing = missingFrom([...before, ...after], haul);
        holds(
          missing.length === 0,
          `${operation} left out ${missing.join(', ')} beside a record with an unknown status.`,
        );
        const guessed = haul.items.some(({ ref }) => ref.id === strange.id);
        holds(!guessed, `${operation} gave out "${strange.id}" although nobody knows its status.`);
        const problem = problemAbout(strange, haul);
        holds(problem !== undefined, `${operation} kept quiet about "${strange.id}", whose status nobody knows.`);
        holds(codeOf(problem) === 'status.unmapped', `${operation} reported an unknown status as "${problem.code}".`);
      },
    }),
  ] as const;
}
