// One hour of virtual time on each plan above Standard, with more to do than it allows: stock, prices, orders, and reports
// through the client for partners, each answer 200 ms on its way. The connector and the partner's client draw from one
// allowance that they share. Points and refusals are counted in what the shop answers. Goal: at least 95 % of what the plan
// gives, and no call refused. The Standard plan is `quota.shopify`.
import { shopifyQuota, type QuotaLoad } from '../test/quota-run.ts';

const goal = 0.95;
const hour = { lastsMs: 3_600_000, processes: 1, shares: true, callersOfEach: 1 };
const loads: readonly Pick<QuotaLoad, 'plan' | 'reporters'>[] = [
  { plan: 'advanced', reporters: 4 },
  { plan: 'plus', reporters: 8 },
  { plan: 'enterprise', reporters: 12 },
];

export async function bench() {
  const results = [];
  for (const load of loads) {
    const { share, calls, spent, published, refused, failures } = await shopifyQuota({ ...hour, ...load });
    const id = `quota.shopify.${load.plan}`;
    console.log(
      `${id}: ${calls} calls for ${spent} of ${published} points in one hour, ${refused} refused by the shop, ${failures} pieces of work not done`,
    );
    const met = share >= goal && refused === 0 && failures === 0;
    results.push({ id, ratio: share, against: 'published quota', goal: `>=${goal}`, met });
  }
  return results;
}
