// How fast an order is read: the answer's text parsed, checked and mapped to our order, as a share of how fast
// `JSON.parse` alone reads the same text. Goal >= 0.5. One order of ten lines with taxes, a discount, shipping and a
// payment, as the fake shop answers it; rounds take turns.
import { fakeShopify } from '@crossdock/testing';
import * as z from 'zod';
import { shopify } from '../src/index.ts';
import { toOrder } from '../src/order-record.ts';
import { wireOrderSchema } from '../src/wire/order.ts';

const goal = 0.5;
const rounds = 15;
const warmupRounds = 3;
const ordersPerRound = 2000;
const reading = { system: 'shopify', accountNumberAttribute: undefined };

export async function bench() {
  const text = await orderText();
  const contenders = { mapped: () => mapped(text), parsed: () => JSON.parse(text) };
  const micros: Record<keyof typeof contenders, number[]> = { mapped: [], parsed: [] };
  for (let round = -warmupRounds; round < rounds; round++) {
    const names = round % 2 === 0 ? (['mapped', 'parsed'] as const) : (['parsed', 'mapped'] as const);
    for (const name of names) {
      const spent = timed(contenders[name]);
      if (round >= 0) micros[name].push(spent);
    }
  }
  const ratio = median(micros.parsed.map((spent, round) => spent / (micros.mapped[round] ?? Number.NaN)));
  const perSecond = Math.round(1_000_000 / median(micros.mapped));
  console.log(
    `  map.order, ${text.length} bytes: ${median(micros.mapped).toFixed(0)} µs, ${perSecond} orders a second`,
  );
  return [{ id: 'map.order', ratio, against: 'JSON.parse of the same text', goal: `>=${goal}`, met: ratio >= goal }];
}

function mapped(text: string): unknown {
  const order = wireOrderSchema.parse(JSON.parse(text));
  const { lineItems, shippingLines, discountApplications } = order;
  return toOrder(
    { order, lines: lineItems.nodes, shippingLines: shippingLines.nodes, discounts: discountApplications.nodes },
    reading,
  );
}

/** An order as the platform sends it, taken from what the connector reads. */
async function orderText(): Promise<string> {
  const shop = fakeShopify();
  const address = {
    firstName: 'Ada',
    lastName: 'Example',
    address1: '1 Main Street',
    city: 'Springfield',
    provinceCode: 'IL',
    zip: '62701',
    countryCode: 'US',
  };
  shop.state.placeOrder({
    email: 'buyer@example.org',
    lines: Array.from({ length: 10 }, (_, index) => ({
      title: `Shirt ${index}`,
      sku: `TEE-${index}`,
      quantity: index + 1,
      unitPrice: `${10 + index}.99`,
      taxLines: [{ title: 'Tax', rate: '0.0625' }],
      ...(index === 0 && { discount: { amount: '1.00', code: 'SAVE' } }),
    })),
    shippingLines: [{ title: 'Standard', code: 'standard', price: '4.90' }],
    shippingAddress: address,
    billingAddress: address,
    financialStatus: 'paid',
  });
  const nodes = z.object({ data: z.object({ nodes: z.array(z.unknown()) }) });
  let text: string | undefined;
  const connector = shopify({
    shop: 'acme',
    accessToken: 'shpat_fake',
    clock: shop.clock,
    async fetch(input, init) {
      const response = await shop.fetch(input, init);
      const answer = nodes.safeParse(await response.clone().json());
      if (answer.success) text = JSON.stringify(answer.data.data.nodes[0]);
      return response;
    },
  });
  for await (const page of connector.orders.pull({})) if (page.items.length > 0) break;
  if (text === undefined) throw new Error('The connector read no order.');
  return text;
}

function timed(work: () => unknown): number {
  const started = performance.now();
  for (let count = 0; count < ordersPerRound; count++) work();
  return ((performance.now() - started) * 1000) / ordersPerRound;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
