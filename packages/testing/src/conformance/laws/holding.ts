import type { Ref } from '@crossdock/core';
import type { FakePlatform } from '../../fake/platform.ts';
import type { HoldScenery } from '../handling-scenery.ts';
import { holds } from '../holds.ts';

/** How many holds keep a fulfillment order, in words. */
export function holdWords({ ours, others }: { readonly ours: number; readonly others: number }): string {
  return `${ours} holds of ours and ${others} of others`;
}

/** Breaks the law unless a fulfillment order is kept by these holds. */
export async function expectHolds(
  scene: Pick<HoldScenery<unknown>, 'holds'>,
  platform: FakePlatform<unknown>,
  ref: Ref<'fulfillment'>,
  wanted: { readonly ours: number; readonly others: number },
  when: string,
): Promise<void> {
  const there = holdWords(await scene.holds(platform, ref));
  holds(there === holdWords(wanted), `There are ${there} ${when}, and there should be ${holdWords(wanted)}.`);
}
