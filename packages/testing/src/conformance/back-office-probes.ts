import { soleAnswer, write, type Prepare } from './probe.ts';

/** Writes of what an office keeps: its catalogue, its books, and goods that come in. */
export const backOfficeWrites: readonly Prepare[] = [
  async ({ connector, platform, scenery }) => {
    const scene = scenery['orders.confirm'];
    if (!connector.can('orders.confirm') || !scene) return [];
    const { order } = await scene.waiting(platform, 908);
    return write(
      'orders.confirm',
      (options) => connector.orders.confirm(order, options),
      () => scene.reserved(platform, order),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['products.push'];
    if (!connector.can('products.push') || !scene) return [];
    const draft = await scene.known(platform, 909);
    return write(
      'products.push',
      async (options) => soleAnswer(await connector.products.push([draft], options)),
      async () => (await scene.shown(platform, draft.variants[0]?.sku ?? ''))?.title,
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['returns.create'];
    if (!connector.can('returns.create') || !scene) return [];
    const draft = await scene.draft(platform, 910);
    return write(
      'returns.create',
      (options) => connector.returns.create(draft, options),
      () => scene.created(platform),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['refunds.create'];
    if (!connector.can('refunds.create') || !scene) return [];
    const draft = await scene.draft(platform, 911);
    return write(
      'refunds.create',
      (options) => connector.refunds.create(draft, options),
      () => scene.created(platform),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['invoices.create'];
    if (!connector.can('invoices.create') || !scene) return [];
    const draft = await scene.draft(platform, 912);
    return write(
      'invoices.create',
      (options) => connector.invoices.create(draft, options),
      () => scene.created(platform),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['payments.create'];
    if (!connector.can('payments.create') || !scene) return [];
    const draft = await scene.draft(platform, 913);
    return write(
      'payments.create',
      (options) => connector.payments.create(draft, options),
      () => scene.created(platform),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['purchases.create'];
    if (!connector.can('purchases.create') || !scene) return [];
    const draft = await scene.draft(platform, 914);
    return write(
      'purchases.create',
      (options) => connector.purchases.create(draft, options),
      () => scene.created(platform),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['invoices.confirm'];
    if (!connector.can('invoices.confirm') || !scene) return [];
    const ref = await scene.waiting(platform, 915);
    return write(
      'invoices.confirm',
      (options) => connector.invoices.confirm(ref, options),
      () => scene.number(platform, ref),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['purchases.cancel'];
    if (!connector.can('purchases.cancel') || !scene) return [];
    const ref = await scene.open(platform);
    return write(
      'purchases.cancel',
      (options) => connector.purchases.cancel(ref, options),
      () => scene.isCanceled(platform, ref),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['returns.confirm'];
    if (!connector.can('returns.confirm') || !scene) return [];
    const { ref, lines } = await scene.ready(platform, 916);
    const counted = lines.map(({ sku, quantity }) => ({ sku, received: quantity, ...restocked }));
    const receipt = { return: ref, lines: counted, receivedAt };
    return write(
      'returns.confirm',
      (options) => connector.returns.confirm(receipt, options),
      () => scene.received(platform, ref),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['receipts.confirm'];
    if (!connector.can('receipts.confirm') || !scene) return [];
    const { ref: purchase, lines } = await scene.ready(platform, 917);
    const counted = lines.map(({ sku, quantity }) => ({ sku, received: quantity, damaged: 0 }));
    const receipt = { number: 'arrival-917', purchase, lines: counted, receivedAt };
    return write(
      'receipts.confirm',
      (options) => connector.receipts.confirm(receipt, options),
      () => scene.received(platform, purchase),
    );
  },
];

const restocked = { condition: 'sellable', disposition: 'restock' } as const;
const receivedAt = '2026-11-20T09:30:00.000Z';
