// One hour of virtual time in which the connector always has more to do than the shop's host allows, each answer 200 ms
// on its way. Once with one process that reckons for itself, once with four that share what they know through a store.
import { woocommerceQuota, type QuotaLoad } from '../test/quota-run.ts';

const lastsMs = 3_600_000;

export async function bench() {
  return [
    await figure('quota.woocommerce', 0.95, { lastsMs, processes: 1, shares: false }),
    await figure('quota.woocommerce.four-processes', 0.9, { lastsMs, processes: 4, shares: true }),
  ];
}

async function figure(id: string, goal: number, load: QuotaLoad) {
  const { share, calls, allowed, refused, failures } = await woocommerceQuota(load);
  console.log(
    `${id}: ${calls} of ${allowed} requests in one hour, ${refused} refused, ${failures} pieces of work not done`,
  );
  const met = share >= goal && refused === 0 && failures === 0;
  return { id, ratio: share, against: "the host's quota", goal: `>=${goal}`, met };
}
