import { toBase64 } from '@crossdock/core';
import { shipbob, type ShipBobConnector, type ShipBobOptions as ConnectorOptions } from '@crossdock/3pl/shipbob';
import {
  aFulfillmentDraft,
  fakeShipBob,
  testClock,
  type FakePlatform,
  type ShipBobOptions,
  type ShipBobOrder,
  type ShipBobState,
} from '@crossdock/testing';

export type FakeShipBob = FakePlatform<ShipBobState>;

export const token = 'pat-CANARY-token';
const channelId = 100_001;
export const secrets = ['the first secret of ours', 'the other secret of ours'].map(secretOf);

export function secretOf(text: string): string {
  return `whsec_${toBase64(new TextEncoder().encode(text.padEnd(24, '.')))}`;
}

/** A ShipBob in which nothing happens by itself, and connectors for it. */
export function shipbobWorld(options: ShipBobOptions = {}): {
  readonly platform: FakeShipBob;
  readonly connect: (given?: Partial<ConnectorOptions>) => ShipBobConnector;
} {
  const platform = fakeShipBob({
    token,
    channelId,
    webhookSecret: secrets[0],
    pickAfterMs: false,
    shipAfterMs: false,
    deliverAfterMs: false,
    ...options,
  });
  // Nobody listens: deliveries are handed over by hand.
  platform.webhooks.deliver = async () => new Response(null, { status: 204 });
  const { fetch, clock } = platform;
  const connect = (given?: Partial<ConnectorOptions>) =>
    shipbob({ token, channelId, webhookSecrets: secrets, fetch, clock, ...given });
  return { platform, connect };
}

/** A request for two tees, of which there are enough. */
export function aDraft(platform: FakeShipBob, number: string) {
  platform.state.addInventory('TEE-RED-M', 2);
  return aFulfillmentDraft({ number });
}

/** What somebody else asks ShipBob, with our token. Waits a minute when the allowance is used up. */
export async function ask(platform: FakeShipBob, method: string, path: string, body?: unknown): Promise<Response> {
  const headers = {
    authorization: `Bearer ${token}`,
    shipbob_channel_id: String(channelId),
    'content-type': 'application/json',
  };
  const url = `${platform.origin}/2026-01/${path}`;
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  for (;;) {
    const response = await platform.fetch(url, init);
    if (response.status !== 429) return response;
    await platform.clock.advance(60_000);
  }
}

/** An order that somebody else made: two tees that are in stock. */
export async function place(platform: FakeShipBob): Promise<ShipBobOrder> {
  platform.state.addInventory('TEE-RED-M', 2);
  const reference = `S-${platform.state.orders.length + 1}`;
  const response = await ask(platform, 'POST', 'order', {
    reference_id: reference,
    shipping_method: 'Standard',
    type: 'DTC',
    products: [{ reference_id: 'TEE-RED-M', quantity: 2 }],
    recipient: {
      name: 'Ada Byron',
      email: 'ada@example.test',
      address: { address1: '12 Mill Lane', city: 'Manchester', zip_code: 'M1 2AB', country: 'GB' },
    },
  });
  const order = platform.state.order(reference);
  if (!order) throw new Error(`The fake did not take "${reference}": ${response.status} ${await response.text()}`);
  return order;
}

/** What happens to an order that is held, let go, and shipped. */
export const stepsInTheWarehouse = ['hold', 'release', 'pick', 'label', 'ship', 'deliver'] as const;

/** Everything that a pull gives. */
export async function allOf<T>(pages: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

export const base: ConnectorOptions = { token, channelId, webhookSecrets: secrets };

/** A ShipBob that always gives the same answer: what the fake would not say. */
export function answering(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const requests: Request[] = [];
  const warehouse = shipbob({
    ...base,
    clock: testClock(),
    async fetch(input, init) {
      requests.push(new Request(input, init));
      return Response.json(body, { status, headers });
    },
  });
  return { warehouse, requests };
}

/** The order that ShipBob makes of what it was sent. */
export function anOrderOf(sent: unknown): object {
  if (typeof sent !== 'object' || sent === null) throw new TypeError('Nothing was sent.');
  return { ...sent, id: 12, status: 'Processing', created_date: '2026-11-01T00:00:00Z' };
}
