import type { ItemOutcome, OperationName, WriteOptions } from '@crossdock/core';
import { aParcel, aShipment } from '../builders/shipment.ts';
import type { OpenTrial } from './law.ts';
import { readAll } from './read-all.ts';

/** One ordinary call of an operation, prepared so that it would go well. */
export interface Probe {
  readonly operation: OperationName | 'check';
  readonly kind: 'read' | 'write';
  /** A write has a key of its own unless one is given, also `undefined`, which JavaScript may pass. */
  call(options?: { readonly signal?: AbortSignal; readonly idempotencyKey?: string | undefined }): Promise<unknown>;
  /** What there is at the platform of what a write changes. A read changes nothing. */
  seen(): Promise<unknown>;
}

/** An ordinary call of every operation that the connector offers and the scenery can set up. */
export async function probesOf(trial: OpenTrial): Promise<readonly Probe[]> {
  const probes: Probe[] = [];
  for (const prepare of [...reads, ...writes]) probes.push(...(await prepare(trial)));
  return probes;
}

/** An ordinary read; where the connector offers none, the question whether it works. */
export async function readProbe(trial: OpenTrial): Promise<Probe> {
  for (const prepare of reads) {
    const [probe] = await prepare(trial);
    if (probe) return probe;
  }
  return {
    operation: 'check',
    kind: 'read',
    async call() {
      const answer = await trial.connector.check();
      if (!answer.ok) throw answer.error;
    },
    seen: async () => undefined,
  };
}

type Prepare = (trial: OpenTrial) => Promise<readonly Probe[]>;

function read(operation: OperationName, call: Probe['call']): readonly Probe[] {
  return [{ operation, kind: 'read', call, seen: async () => undefined }];
}

function write(
  operation: OperationName,
  call: (options: WriteOptions) => Promise<unknown>,
  seen: () => unknown,
): readonly Probe[] {
  // A law may leave the key out on purpose, which the compiler would not let through.
  const withKey = (options: object) => ({ idempotencyKey: `probe-${operation}`, ...options }) as WriteOptions;
  return [{ operation, kind: 'write', call: (options = {}) => call(withKey(options)), seen: async () => seen() }];
}

/** A list may end well although its item did not: of one item that is no good end. */
function soleAnswer<T>(outcomes: readonly ItemOutcome<T>[]): readonly ItemOutcome<T>[] {
  const [outcome] = outcomes;
  if (outcome?.ok === false) throw outcome.error;
  return outcomes;
}

/** Every read comes first: a law that needs one takes the first. */
const reads: readonly Prepare[] = [
  async ({ connector, platform, scenery }) => {
    const scene = scenery['orders.get'];
    if (!connector.can('orders.get') || !scene) return [];
    const ref = await scene.unknown(platform);
    return read('orders.get', (options) => connector.orders.get(ref, options));
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['fulfillments.get'];
    if (!connector.can('fulfillments.get') || !scene) return [];
    const ref = await scene.unknown(platform);
    return read('fulfillments.get', (options) => connector.fulfillments.get(ref, options));
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['inventory.get'];
    if (!connector.can('inventory.get') || !scene) return [];
    const sku = await scene.stocked(platform);
    return read('inventory.get', (options) => connector.inventory.get([sku], options));
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['orders.pull'];
    if (!connector.can('orders.pull') || !scene) return [];
    await scene.seed(platform, 2);
    return read('orders.pull', (options) => readAll(connector.orders.pull({}, options)));
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['products.pull'];
    if (!connector.can('products.pull') || !scene) return [];
    await scene.seed(platform, 2);
    return read('products.pull', (options) => readAll(connector.products.pull({}, options)));
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['shipments.pull'];
    if (!connector.can('shipments.pull') || !scene) return [];
    await scene.seed(platform, 2);
    return read('shipments.pull', (options) => readAll(connector.shipments.pull({}, options)));
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['inventory.pull'];
    if (!connector.can('inventory.pull') || !scene) return [];
    await scene.seed(platform, 2);
    return read('inventory.pull', (options) => readAll(connector.inventory.pull({}, options)));
  },
  async ({ connector }) => {
    if (!connector.can('customers.get')) return [];
    return read('customers.get', (options) => connector.customers.get({ email: 'nobody@example.test' }, options));
  },
];

const writes: readonly Prepare[] = [
  async ({ connector, platform, scenery }) => {
    const scene = scenery['orders.create'];
    if (!connector.can('orders.create') || !scene) return [];
    const draft = await scene.draft(platform, 901);
    return write(
      'orders.create',
      (options) => connector.orders.create(draft, options),
      () => scene.created(platform),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['orders.cancel'];
    if (!connector.can('orders.cancel') || !scene) return [];
    const ref = await scene.open(platform);
    return write(
      'orders.cancel',
      (options) => connector.orders.cancel(ref, 'customer', options),
      () => scene.isCanceled(platform, ref),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['customers.create'];
    if (!connector.can('customers.create') || !scene) return [];
    const draft = await scene.draft(platform, 902);
    return write(
      'customers.create',
      (options) => connector.customers.create(draft, options),
      () => scene.created(platform),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['fulfillments.request'];
    if (!connector.can('fulfillments.request') || !scene) return [];
    const draft = await scene.draft(platform, 903);
    return write(
      'fulfillments.request',
      (options) => connector.fulfillments.request(draft, options),
      () => scene.created(platform),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['fulfillments.cancel'];
    if (!connector.can('fulfillments.cancel') || !scene) return [];
    const ref = await scene.open(platform);
    return write(
      'fulfillments.cancel',
      (options) => connector.fulfillments.cancel(ref, options),
      () => scene.isCanceled(platform, ref),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['inventory.push'];
    if (!connector.can('inventory.push') || !scene) return [];
    const update = await scene.update(platform, 904);
    return write(
      'inventory.push',
      async (options) => soleAnswer(await connector.inventory.push([update], options)),
      () => scene.stock(platform, update),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['prices.push'];
    if (!connector.can('prices.push') || !scene) return [];
    const price = await scene.price(platform, 906);
    return write(
      'prices.push',
      async (options) => soleAnswer(await connector.prices.push([price], options)),
      () => scene.amount(platform, price),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['shipments.confirm'];
    if (!connector.can('shipments.confirm') || !scene) return [];
    const { order, lines } = await scene.ready(platform, 905);
    const parcel = aParcel({ lines: lines.map(({ id, ...line }) => ({ ...line, orderLineId: id })) });
    const confirmation = { order, shipment: aShipment({ order, parcels: [parcel] }) };
    return write(
      'shipments.confirm',
      (options) => connector.shipments.confirm(confirmation, options),
      () => scene.shipped(platform, order),
    );
  },
];
