// One hour of virtual time in which the connector always has more to do than Amazon allows, each answer 200 ms on its
// way. Every allowance counts for itself, and the one that is used worst is the figure. Not here: `confirmShipment`, before
// which every order is looked at, so that the four times smaller allowance of `getOrder` decides; and `createFeed`, whose
// published burst of fifteen a second rule (five in five minutes) takes back. Once with one process that reckons for
// itself, once for twenty minutes with four that share what they know through a store.
import { amazonQuota, type QuotaLoad } from '../test/quota-run.ts';

const hourMs = 3_600_000;
const one = { patchListingsItem: 3, searchListingsItems: 8, getOrder: 4, searchOrders: 1 };
const eachOfFour = { patchListingsItem: 1, searchListingsItems: 2, getOrder: 1, searchOrders: 1 };

export async function bench() {
  return [
    await figure('quota.amazon', 0.95, { lastsMs: hourMs, processes: 1, shares: false, callers: one }),
    await figure('quota.amazon.four-processes', 0.9, {
      lastsMs: hourMs / 3,
      processes: 4,
      shares: true,
      callers: eachOfFour,
    }),
  ];
}

async function figure(id: string, goal: number, load: QuotaLoad) {
  const { shares, refused, failures } = await amazonQuota(load);
  const said = shares.map(({ name, share }) => `${name} ${(share * 100).toFixed(1)} %`).join(', ');
  console.log(
    `${id}: ${said} in ${load.lastsMs / 60_000} minutes, ${refused} refused, ${failures} pieces of work not done`,
  );
  const ratio = Math.min(...shares.map(({ share }) => share));
  const met = ratio >= goal && refused === 0 && failures === 0;
  return { id, ratio, against: 'published quota', goal: `>=${goal}`, met };
}
