// One hour of virtual time in which the connector always has more to do than ShipBob allows, each answer 200 ms on its
// way. Once with one process that reckons for itself, once with four that share what they know through a store.
import { shipbobQuota, type QuotaLoad } from '../test/quota-run.ts';

const lastsMs = 3_600_000;

export async function bench() {
  return [
    await figure('quota.3pl', 0.95, { lastsMs, processes: 1, shares: false }),
    await figure('quota.3pl.four-processes', 0.9, { lastsMs, processes: 4, shares: true }),
  ];
}

async function figure(id: string, goal: number, load: QuotaLoad) {
  const { share, calls, allowed, refused, failures } = await shipbobQuota(load);
  console.log(
    `${id}: ${calls} of ${allowed} requests in one hour, ${refused} refused, ${failures} pieces of work not done`,
  );
  const met = share >= goal && refused === 0 && failures === 0;
  return { id, ratio: share, against: 'published quota', goal: `>=${goal}`, met };
}
