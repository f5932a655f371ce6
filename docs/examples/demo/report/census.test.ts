import { describe, expect, it } from 'vitest';
import type { TillDocument } from '../till/document.ts';
import { strikeBalance } from './balance.ts';
import { takeCensus } from './census.ts';
import { complaints } from './outcome.ts';
import { balanceStock } from './stock-balance.ts';
import type { Systems } from './systems.ts';

const line = (code: string, quantity: number, unitPrice = '10.00') => ({
  id: '1',
  code,
  description: code,
  quantity,
  unitPrice,
});
const sale: TillDocument = {
  number: '1',
  kind: 'sale',
  account: '17850',
  country: 'United Kingdom',
  writtenAt: '2010-12-01T08:26:00Z',
  lines: [line('85123a', 3), line('71053', 2), line('POST', 1, '18.00')],
};
const parcel = {
  lines: [
    { sku: '85123A', quantity: 3 },
    { sku: '71053', quantity: 2 },
  ],
};
const bought = [
  { sku: '85123A', quantity: 3 },
  { sku: '71053', quantity: 2 },
];
const warehouseLine = { externalLineId: 1, unitPrice: 10 };
/** A world in which the sale went through as it should. */
const sound: Systems = {
  channelOrders: [{ channel: 'shopify', id: 'shopify/1', document: '1', lines: bought }],
  parcels: [{ orderId: 'shopify/1', trackingNumbers: ['T1'], lines: bought }],
  // Ten and two were there; three and two were bought.
  shelves: {
    shopify: new Map([['85123A', 3]]),
    woocommerce: new Map([['85123A', 2]]),
    amazon: new Map([['85123A', 2]]),
  },
  free: new Map([['85123A', 7]]),
  salesOrders: [{ name: 'S1', state: 'sale', clientOrderRef: '#1', amountTotal: 68 }],
  deliveries: [{ state: 'done', saleOrder: 'S1', trackingRef: 'T1', moves: moves(['85123A', 3], ['71053', 2]) }],
  customerAccounts: ['17850'],
  warehouseOrders: [warehouseOrder('#1', parcel.lines)],
};

function moves(...goods: readonly (readonly [string, number])[]) {
  return goods.map(([sku, quantity]) => ({ sku, demand: quantity, quantity, state: 'done' }));
}

function warehouseOrder(reference: string, lines: readonly { readonly sku: string; readonly quantity: number }[]) {
  return {
    reference,
    shipments: [
      {
        stage: 'shipped' as const,
        shippedAt: 1,
        tracking: { number: 'T1', url: '' },
        lines: lines.map((one) => ({ ...one, ...warehouseLine })),
      },
    ],
  };
}

const seeded = new Map([
  ['85123A', 10],
  ['71053', 2],
  ['NOTHING', 0],
]);

const shelf = (units: number) => new Map([['85123A', units]]);
const shown = (units: number) => ({ shopify: shelf(units), woocommerce: shelf(0), amazon: shelf(0) });

function judge(systems: Systems, documents: readonly TillDocument[] = [sale]) {
  const run = { restarts: 1, seconds: 1 };
  const census = takeCensus(systems, documents);
  const booked = new Set(systems.salesOrders.some(({ state }) => state === 'sale') ? ['1'] : []);
  const stock = balanceStock(systems, seeded, census.givenBack, booked);
  const input = { lines: 3, invoices: documents.length, documents, turnedAway: 0 };
  const { outcome, missing, doubled } = strikeBalance(input, stock, census, [], run);
  const { wrongShelves } = stock;
  const background = { held: [], missing, doubled, wrongShelves, calls: [], virtualHours: 1, weather: {} };
  return { ...outcome, doubled, wrongShelves, complaints: complaints(outcome, background) };
}

describe('the count of what became of the orders', () => {
  it('finds nothing wrong when everything went through', () => {
    expect(judge(sound)).toMatchObject({ lost: 0, duplicates: 0, complaints: [], orders: { confirmed: 1 } });
  });

  it.each([
    ['an order that is not in Odoo', { ...sound, salesOrders: [] }],
    ['an order that is only a quotation', { ...sound, salesOrders: [{ ...sound.salesOrders[0], state: 'draft' }] }],
    ['an order that the warehouse does not have', { ...sound, warehouseOrders: [] }],
    ['an article that was never shipped', shipping([['85123A', 3]])],
    [
      'fewer of an article than were ordered',
      shipping([
        ['85123A', 2],
        ['71053', 2],
      ]),
    ],
    [
      'another article than was ordered',
      shipping([
        ['85123A', 3],
        ['71054', 2],
      ]),
    ],
    ['a parcel that its channel does not know', { ...sound, parcels: [] }],
    [
      'a tracking number that Odoo does not know',
      { ...sound, deliveries: [{ ...sound.deliveries[0], trackingRef: 'T10' }] },
    ],
    [
      'a delivery in Odoo of something else',
      { ...sound, deliveries: [{ ...sound.deliveries[0], moves: moves(['71053', 5]) }] },
    ],
  ] as readonly (readonly [string, Systems])[])('misses %s', (_what, systems) => {
    const { lost, complaints: said } = judge(systems);
    expect(lost).toBe(1);
    expect(said.length).toBeGreaterThan(0);
  });

  it.each([
    [
      'an order twice in Odoo',
      { ...sound, salesOrders: [...sound.salesOrders, { ...sound.salesOrders[0], name: 'S2' }] },
    ],
    [
      'a quotation beside the order',
      { ...sound, salesOrders: [...sound.salesOrders, { ...sound.salesOrders[0], name: 'S2', state: 'draft' }] },
    ],
    [
      'a fulfillment order twice',
      { ...sound, warehouseOrders: [...sound.warehouseOrders, warehouseOrder('#1-9', parcel.lines)] },
    ],
    [
      'more of an article than was ordered',
      shipping([
        ['85123A', 4],
        ['71053', 2],
      ]),
    ],
    ['a parcel twice at the channel', { ...sound, parcels: [...sound.parcels, ...sound.parcels] }],
    ['a customer twice', { ...sound, customerAccounts: ['17850', '17850'] }],
    [
      'a fulfillment order for no sale',
      { ...sound, warehouseOrders: [...sound.warehouseOrders, warehouseOrder('X#1', parcel.lines)] },
    ],
    [
      'a sales order for no sale',
      { ...sound, salesOrders: [...sound.salesOrders, { ...sound.salesOrders[0], clientOrderRef: undefined }] },
    ],
  ] as readonly (readonly [string, Systems])[])('counts %s', (_what, systems) => {
    const { duplicates, complaints: said } = judge(systems);
    expect(duplicates).toBeGreaterThan(0);
    expect(said.length).toBeGreaterThan(0);
  });

  it('sees a unit that was sold and that nobody had', () => {
    const [order] = sound.channelOrders;
    const lines = [...bought, { sku: '71053', quantity: 1 }];
    const said = judge({ ...sound, channelOrders: [{ ...required(order), lines }] });
    expect(said.oversold).toBe(1);
    expect(said.complaints).toContain('1 units were sold that nobody had.');
  });

  it('sees it also of an article of which nobody ever had any', () => {
    const [order] = sound.channelOrders;
    const lines = [...bought, { sku: 'NOTHING', quantity: 5 }];
    expect(judge({ ...sound, channelOrders: [{ ...required(order), lines }] }).oversold).toBe(5);
    const shelves = { ...sound.shelves, amazon: new Map([...sound.shelves.amazon, ['NOTHING', 5]]) };
    expect(judge({ ...sound, shelves }).wrongShelves).toEqual(['NOTHING: 0 + 0 + 5 shown, 0 left']);
  });

  it.each([
    ['too much', 4],
    ['too little', 2],
  ])('sees a channel that shows %s', (_what, units) => {
    const said = judge({ ...sound, shelves: { ...sound.shelves, shopify: shelf(units) } });
    expect(said.wrongShelves).toEqual([`85123A: ${units} + 2 + 2 shown, 7 left`]);
    expect(said.complaints.length).toBeGreaterThan(0);
  });

  it('wants what waits for a person off the shelves, although Odoo has it free', () => {
    const waiting = { ...sound, salesOrders: [] };
    expect(judge(waiting).wrongShelves).toEqual(['85123A: 3 + 2 + 2 shown, 4 left']);
    // Three of it wait: as many may be missing on the shelves until the article is counted again.
    expect(judge({ ...waiting, shelves: shown(4) }).wrongShelves).toEqual([]);
    expect(judge({ ...waiting, shelves: shown(1) }).wrongShelves).toEqual([]);
    expect(judge({ ...waiting, shelves: shown(0) }).wrongShelves).toEqual(['85123A: 0 + 0 + 0 shown, 4 left']);
  });

  it('sees a penny that is booked too much', () => {
    const said = judge({
      ...sound,
      salesOrders: [{ name: 'S1', state: 'sale', clientOrderRef: '#1', amountTotal: 68.01 }],
    });
    expect(said.complaints).toEqual(['68.00 came in, but 68.01 booked + 0.00 held is not that.']);
  });

  it('takes a cancellation for applied when the rest was booked and shipped instead', () => {
    const back: TillDocument = { ...sale, number: 'C2', kind: 'cancellation', lines: [line('71053', -2)] };
    const rest: Systems = {
      ...shipping([['85123A', 3]]),
      salesOrders: [
        { name: 'S1', state: 'cancel', clientOrderRef: '#1', amountTotal: 68 },
        { name: 'S2', state: 'sale', clientOrderRef: '#1-2', amountTotal: 48 },
      ],
      deliveries: [{ state: 'done', saleOrder: 'S2', trackingRef: 'T1', moves: moves(['85123A', 3]) }],
      parcels: [{ ...required(sound.parcels[0]), lines: bought.slice(0, 1) }],
    };
    expect(judge(rest, [sale, back])).toMatchObject({
      lost: 0,
      duplicates: 0,
      complaints: [],
      orders: { cancelled: 1 },
    });
    // Shipped in full all the same: too much left the warehouse.
    expect(judge({ ...rest, warehouseOrders: sound.warehouseOrders }, [sale, back]).duplicates).toBeGreaterThan(0);
  });
});

function shipping(goods: readonly (readonly [string, number])[]): Systems {
  return {
    ...sound,
    warehouseOrders: [
      warehouseOrder(
        '#1',
        goods.map(([sku, quantity]) => ({ sku, quantity })),
      ),
    ],
  };
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError('The sound world lacks it.');
  return value;
}
