// One hour of virtual time in which the connector always has more to do than a Standard shop allows: stock, prices and
// orders at the same time, each answer 200 ms on its way. Points and refusals are counted in what the shop answers. Once
// with one process that reckons for itself, once with four that share what they know through a store.
import { shopifyQuota, type QuotaLoad } from '../test/quota-run.ts';

const lastsMs = 3_600_000;

export async function bench() {
  return [
    await figure('quota.shopify', 0.95, { lastsMs, processes: 1, shares: false, callersOfEach: 12 }),
    await figure('quota.shopify.four-processes', 0.9, { lastsMs, processes: 4, shares: true, callersOfEach: 4 }),
  ];
}

async function figure(id: string, goal: number, load: QuotaLoad) {
  const { share, calls, spent, published, refused, failures } = await shopifyQuota(load);
  console.log(
    `${id}: ${calls} calls for ${spent} of ${published} points in one hour, ${refused} refused by the shop, ${failures} pieces of work not done`,
  );
  const met = share >= goal && refused === 0 && failures === 0;
  return { id, ratio: share, against: 'published quota', goal: `>=${goal}`, met };
}
