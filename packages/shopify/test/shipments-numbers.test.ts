import type { Shipment } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { refOf, shipmentOf, shopWithGoods } from './shop.ts';

const key = { idempotencyKey: 'run-1/confirm' };

/** A shop with one order, and what its buyer sees of the parcels. */
function shopWithOrder() {
  const { shop, connect, state, place } = shopWithGoods();
  const order = place();
  const confirm = (shipment: Shipment) => shop.shipments.confirm({ order: refOf(order.id), shipment }, key);
  const shipped = () => state.order(order.id).lines.map(({ fulfilled }) => fulfilled);
  const seen = () => state.fulfillmentsOf(order.id).map(({ tracking }) => tracking);
  return { shop, connect, state, order, confirm, shipped, seen };
}

describe('a shipment without a number', () => {
  it('is another one than one with its id from another warehouse', async () => {
    const { confirm, shipped, seen } = shopWithOrder();
    const shipment = shipmentOf('1', [{ lines: [['TEE', 1]] }]);
    await confirm(shipment);
    await confirm({ ...shipment, ref: { ...shipment.ref, system: 'other' } });
    expect(shipped()).toEqual([2, 0]);
    expect(seen().map(([parcel]) => parcel?.number)).toEqual(['warehouse/wh-1', 'other/wh-1']);
  });

  it('names no carrier: the buyer gets no link that leads nowhere', async () => {
    const { confirm, seen } = shopWithOrder();
    await confirm(shipmentOf('1', [{ lines: [['TEE', 1]], carrier: 'UPS', url: 'https://ups.example/' }]));
    expect(seen()).toEqual([[{ company: undefined, number: 'warehouse/wh-1', url: undefined }]]);
  });

  it('counts every parcel once, whoever carries it', async () => {
    const { confirm, shipped, seen } = shopWithOrder();
    const shipment = shipmentOf('1', [{ lines: [['TEE', 1]] }, { lines: [['TEE', 1]], carrier: 'DHL' }]);
    await confirm(shipment);
    await confirm(shipment);
    expect(shipped()).toEqual([2, 0]);
    expect(seen()).toHaveLength(1);
  });

  it('takes blanks for no number', async () => {
    const { confirm, seen } = shopWithOrder();
    await confirm(shipmentOf('1', [{ lines: [['TEE', 1]], tracking: ' ' }]));
    expect(seen()[0]?.[0]?.number).toBe('warehouse/wh-1');
  });
});

describe('a word that stands for no number', () => {
  it.each(['N/A', 'n/a', 'NA', 'none', 'Nil', 'UNKNOWN', 'TBA', 'Pickup', '0', '-', ' - '])(
    '"%s" leaves the shipment its own mark, so that two shipments stay two',
    async (tracking) => {
      const { confirm, shipped, seen } = shopWithOrder();
      for (const number of ['1', '2', '1']) await confirm(shipmentOf(number, [{ lines: [['TEE', 1]], tracking }]));
      expect(shipped()).toEqual([2, 0]);
      expect(seen().map(([parcel]) => parcel?.number)).toEqual(['warehouse/wh-1', 'warehouse/wh-2']);
    },
  );

  it('is left out beside a number', async () => {
    const { confirm, seen } = shopWithOrder();
    await confirm(
      shipmentOf('1', [
        { lines: [['TEE', 1]], tracking: '1Z1' },
        { lines: [['TEE', 1]], tracking: 'N/A' },
      ]),
    );
    expect(seen().map((parcel) => parcel.map(({ number }) => number))).toEqual([['1Z1']]);
  });
});

describe('a number that comes later', () => {
  it('is set on what was shipped without it, and ships nothing more', async () => {
    const { confirm, shipped, seen } = shopWithOrder();
    const first = await confirm(shipmentOf('1', [{ lines: [['TEE', 1]] }]));
    const numbered = shipmentOf('1', [{ lines: [['TEE', 1]], tracking: '1Z1', url: 'https://ups.example/1Z1' }]);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(await confirm(numbered)).toEqual(first);
      expect(shipped()).toEqual([1, 0]);
      expect(seen()).toEqual([[{ company: 'UPS', number: '1Z1', url: 'https://ups.example/1Z1' }]]);
    }
  });

  it('stands beside the mark of parcels that have none yet, until those of all carriers are there', async () => {
    const { confirm, shipped, seen } = shopWithOrder();
    await confirm(twoCarriers());
    await confirm(twoCarriers('1Z1'));
    expect(seen().map((parcel) => parcel.map(({ number }) => number))).toEqual([['1Z1', 'warehouse/wh-1']]);
    await confirm(twoCarriers('1Z1', 'D1'));
    await confirm(twoCarriers('1Z1', 'D1'));
    expect(seen().map((parcel) => parcel.map(({ number }) => number))).toEqual([['1Z1', 'D1']]);
    expect(shipped()).toEqual([1, 1]);
  });

  it('joins the number that was there', async () => {
    const { confirm, shipped, seen } = shopWithOrder();
    await confirm(oneCarrier());
    await confirm(oneCarrier('1Z2'));
    expect(seen().map((parcel) => parcel.map(({ number }) => number))).toEqual([['1Z1', '1Z2']]);
    expect(shipped()).toEqual([2, 0]);
  });

  it('is told to the buyer where the team wants it', async () => {
    const { connect, order, state } = shopWithOrder();
    const confirm = (shipment: Shipment) =>
      connect({ notifyBuyer: true }).shipments.confirm({ order: refOf(order.id), shipment }, key);
    const quiet = shipmentOf('1', [{ lines: [['TEE', 1]] }]);
    await connect().shipments.confirm({ order: refOf(order.id), shipment: quiet }, key);
    await confirm(shipmentOf('1', [{ lines: [['TEE', 1]], tracking: '1Z1' }]));
    expect(state.fulfillmentsOf(order.id)[0]?.notifiedCustomer).toBe(true);
  });
});

describe('a number written another way', () => {
  it.each(['1z 999 aa1', '1Z-999-AA1', ' 1Z999AA1 '])('"%s" is the same parcel', async (tracking) => {
    const { confirm, shipped, seen } = shopWithOrder();
    const first = await confirm(shipmentOf('1', [{ lines: [['TEE', 1]], tracking: '1Z999AA1' }]));
    expect(await confirm(shipmentOf('1', [{ lines: [['TEE', 1]], tracking }]))).toEqual(first);
    expect(shipped()).toEqual([1, 0]);
    expect(seen()).toHaveLength(1);
  });
});

function twoCarriers(first?: string, second?: string): Shipment {
  return shipmentOf('1', [
    { lines: [['TEE', 1]], ...(first !== undefined && { tracking: first }) },
    { lines: [['MUG', 1]], carrier: 'DHL', ...(second !== undefined && { tracking: second }) },
  ]);
}

function oneCarrier(second?: string): Shipment {
  return shipmentOf('1', [
    { lines: [['TEE', 1]], tracking: '1Z1' },
    { lines: [['TEE', 1]], ...(second !== undefined && { tracking: second }) },
  ]);
}
