import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommerceError, defineConnector, type FulfillmentDraft, type Stores, type WriteOptions } from '@crossdock/core';
import {
  delayedConfirmation,
  manualExport,
  queuedRelease,
  releaseQueue,
  type ManualExport,
  type QueuedRelease,
} from '@crossdock/core/fallbacks';
import { compose, defineFlow } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { sqliteStores } from '@crossdock/core/sqlite';
import { describe, expect, it } from 'vitest';
import { testClock, type TestClock } from '../../../testing/src/index.ts';
import { order, ownership, erp, shop } from '../flows/shop.ts';

const hour = 3_600_000;
const tenMinutes = 600_000;

/** A warehouse that is down until somebody mends it, and remembers what it was asked to ship. */
function warehouse() {
  const asked: { readonly number: string; readonly key: string }[] = [];
  const sick = { error: undefined as CommerceError | undefined };
  const connector = defineConnector({
    platform: 'paper',
    apiVersion: '1',
    system: 'east',
    ports: {
      fulfillments: {
        async request({ number }: FulfillmentDraft, { idempotencyKey: key }: WriteOptions) {
          if (sick.error) throw sick.error;
          if (!asked.some((before) => before.key === key)) asked.push({ number, key });
          return {
            ref: { system: 'east', kind: 'fulfillment' as const, id: `east/${number}` },
            state: 'accepted' as const,
            issues: [],
          };
        },
      },
    },
    traits: { 'fulfillments.request': { duplicateGuard: 'native-key', keyValidMs: Number.POSITIVE_INFINITY } },
    check: async () => {},
    usage: () => [],
  });
  return { asked, sick, connector };
}

const isDown = new CommerceError({ code: 'circuit.open', message: 'The warehouse was not asked. It is tried again.' });

/** The number of an order of two lines, and those of orders of which the buyer took back the second line, and all of it. */
const twoLines = '22';
const oneGone = '23';
const allGone = '24';

const release = defineFlow({
  name: 'release',
  version: 1,
  on: 'order.placed',
  needs: { east: ['fulfillments.request'] },
  key: ({ data }) => data.number,
  async run({ event: { data }, systems, step, links }) {
    const draft: FulfillmentDraft = {
      order: data.ref,
      number: data.number,
      shipTo: { name: '=HYPERLINK("x")', lines: ['1, High "Street"'], countryCode: 'GB' },
      service: 'Standard',
      lines: [
        { id: '1', sku: '85123A', title: 'WHITE HANGING; HEART', quantity: data.number === allGone ? 0 : 2 },
        ...(data.number === oneGone ? [{ id: '2', sku: 'CAP', title: 'CAP', quantity: 0 }] : []),
        ...(data.number === twoLines ? [{ id: '2', sku: 'CAP', title: 'CAP', quantity: 1 }] : []),
      ],
      placedAt: data.placedAt,
    };
    const { ref } = await queuedRelease({ step, systems }, { warehouse: 'east', draft });
    await step('belongs', () => links.attach(ref, data.ref));
  },
});

const confirmed: string[] = [];
const confirm = defineFlow({
  name: 'confirm',
  version: 1,
  on: 'shipment.dispatched',
  needs: {},
  key: ({ data }) => data.number,
  async run({ event: { data }, links, step }) {
    const found = await step('find', async () => data.fulfillment && links.find(data.fulfillment, 'shop', 'order'));
    await step('note', async () => {
      confirmed.push(`${found?.id} ${data.parcels[0]?.trackingNumber} ${data.shippedAt}`);
    });
  },
});

async function down(numbers: readonly string[], given?: (clock: TestClock) => Stores) {
  const clock = testClock({ auto: false });
  const stores = given?.(clock) ?? memoryStores({ clock });
  const east = warehouse();
  east.sick.error = isDown;
  const channel = shop(() => [{ items: numbers.map((number) => order(number)), cursor: 'a' }]);
  const desk = delayedConfirmation({ name: 'east-desk', warehouse: 'east', stores, clock });
  const systems = { shop: channel, erp: erp().connector, east: east.connector, 'east-desk': desk };
  const hub = compose({ systems, flows: [release, confirm], ownership, stores, clock, random: () => 0 });
  await hub.poll('shop', 'orders.pull');
  await hub.work();
  const exported = (claim: string, change: { format?: 'csv' | 'json'; limit?: number } = {}) =>
    manualExport({ stores, clock, flow: 'release', warehouse: 'east', claim, format: 'csv', by: 'kim', ...change });
  const waiting = async () => {
    const all: QueuedRelease[] = [];
    for await (const one of releaseQueue({ stores, flow: 'release', warehouse: 'east' })) all.push(one);
    return all;
  };
  confirmed.length = 0;
  return { clock, stores, east, hub, exported, waiting };
}

/** The file as a spreadsheet gives it back, with its last columns filled in. */
function filledIn({ file }: ManualExport, tracking: (number: string) => string): string {
  const [header = '', ...rows] = file.body.split('\r\n').filter(Boolean);
  const filled = rows.map((row) =>
    row.replace(/,,,$/, `,dhl,${tracking(row.split(',')[2] ?? '')},2026-11-01T00:05:00Z`),
  );
  return [header, ...filled].join('\r\n');
}

it('shows what waits for the warehouse', async () => {
  const { waiting } = await down(['1', '2']);
  expect((await waiting()).map(({ draft, state }) => [draft.number, state])).toEqual([
    ['1', 'waiting'],
    ['2', 'waiting'],
  ]);
});

it('releases everything once when the warehouse is back after six hours', async () => {
  const { clock, east, hub, waiting } = await down(['1', '2', '3']);
  for (let at = 0; at < 6 * hour; at += tenMinutes) {
    await clock.advance(tenMinutes);
    await hub.work();
  }
  expect(east.asked).toEqual([]);
  expect(await hub.exceptions.counts()).toEqual({});
  east.sick.error = undefined;
  await clock.advance(tenMinutes);
  await hub.work();
  expect(east.asked.map(({ number }) => number).toSorted()).toEqual(['1', '2', '3']);
  expect(await waiting()).toEqual([]);
});

it('never sends what was exported, also when the warehouse comes back at once', async () => {
  const { clock, east, hub, exported } = await down(['1', '2', '3']);
  const { orders, claimed } = await exported('a', { limit: 2 });
  expect({ orders, claimed }).toEqual({ orders: 2, claimed: 2 });
  east.sick.error = undefined;
  await clock.advance(tenMinutes);
  await hub.work();
  expect(east.asked.map(({ number }) => number)).toEqual(['3']);
  expect(await hub.exceptions.counts()).toEqual({});
});

it('gives the same file again under the same claim, and each order under one claim only', async () => {
  const { exported } = await down(['1', '2', '3']);
  const first = await exported('a', { limit: 2 });
  // What came since goes into another claim: two files of one claim never differ.
  expect(await exported('a')).toMatchObject({ file: first.file, orders: 2, claimed: 0 });
  const second = await exported('b');
  expect(second.file.body.split('\r\n').filter(Boolean)).toHaveLength(2);
  expect((await exported('c')).orders).toBe(0);
});

it('goes on with a claim that a crash broke off', async () => {
  const { stores, exported } = await down(['1', '2', '3']);
  let units = 0;
  const dying: Stores = {
    ...stores,
    async atomically(work) {
      if (++units > 2) throw new Error('The process died.');
      return stores.atomically(work);
    },
  };
  const options = { flow: 'release', warehouse: 'east', claim: 'a', format: 'csv', by: 'kim' } as const;
  await expect(manualExport({ ...options, stores: dying })).rejects.toThrow('The process died.');
  expect(await exported('a')).toMatchObject({ orders: 3, claimed: 1 });
});

it('keeps to its limit when two export under one claim', async () => {
  const { exported } = await down(Array.from({ length: 20 }, (_, index) => `n${index}`));
  const both = await Promise.all([exported('a', { limit: 5 }), exported('a', { limit: 5 })]);
  expect(both.map(({ orders }) => orders)).toEqual([5, 5]);
  expect(both[0]?.file).toEqual(both[1]?.file);
});

it('exports no order that a person has given up', async () => {
  const { clock, east, hub, exported } = await down(['1', '2', '3']);
  east.sick.error = new CommerceError({ code: 'address.invalid', message: 'The address is refused. Correct it.' });
  await clock.advance(tenMinutes);
  await hub.work();
  const [first] = await hub.exceptions.list({ state: 'open', limit: 1 });
  await hub.exceptions.dismiss(first?.id ?? '', { by: 'kim', note: 'The buyer canceled.' });
  expect(await exported('a')).toMatchObject({ orders: 2, withdrawn: [] });
});

it('lets a dismissal come before the claim of an order or after it, and never beside it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crossdock-export-'));
  const numbers = Array.from({ length: 150 }, (_, index) => `n${index}`);
  const { clock, east, hub, stores, exported } = await down(numbers, (time) =>
    sqliteStores({ file: join(folder, 'hub.db'), clock: time }),
  );
  east.sick.error = new CommerceError({ code: 'address.invalid', message: 'The address is refused. Correct it.' });
  await clock.advance(tenMinutes);
  await hub.work();
  const [first] = await Promise.all([
    exported('a'),
    hub.exceptions.dismissAll({}, { by: 'kim', note: 'All of them were canceled.' }),
  ]);
  const again = await exported('a');
  // Whatever was claimed first and dismissed then is named, and is in no file that is made afterwards.
  expect(again.orders + again.withdrawn.length).toBe(first.orders + first.withdrawn.length);
  for (const { run } of again.withdrawn) expect((await stores.runs.get(run))?.state).toBe('dropped');
  expect(again.orders).toBe(0);
  await stores.close();
  rmSync(folder, { recursive: true });
});

it('names what was dismissed after it was exported, and leaves it out of the file', async () => {
  const { clock, east, hub, exported } = await down(['1', '2']);
  east.sick.error = new CommerceError({ code: 'address.invalid', message: 'The address is refused. Correct it.' });
  await clock.advance(tenMinutes);
  await hub.work();
  const [first] = await hub.exceptions.list({ state: 'open', limit: 1 });
  expect((await exported('a')).orders).toBe(2);
  await hub.exceptions.dismiss(first?.id ?? '', { by: 'kim', note: 'The buyer canceled.' });
  const again = await exported('a');
  expect(again).toMatchObject({ orders: 1, withdrawn: [{ run: first?.run }] });
  expect(again.file.body.split('\r\n').filter(Boolean)).toHaveLength(2);
});

it('two exports at once claim each order once', async () => {
  const { exported } = await down(Array.from({ length: 20 }, (_, index) => `n${index}`));
  const both = await Promise.all([exported('a'), exported('b')]);
  expect(both.map(({ orders }) => orders).reduce((one, other) => one + other)).toBe(20);
});

it('exports nothing of which nobody knows whether the warehouse has it', async () => {
  const { clock, east, hub, exported } = await down(['1']);
  east.sick.error = new CommerceError({ code: 'write.uncertain', message: 'No answer came. Look it up.' });
  await clock.advance(tenMinutes);
  await hub.work();
  const { orders, skipped } = await exported('a');
  expect({ orders, skipped: skipped.map(({ number, state }) => [number, state]) }).toEqual({
    orders: 0,
    skipped: [['1', 'uncertain']],
  });
  // The look left the doubt as it was.
  east.sick.error = undefined;
  await clock.advance(hour);
  await hub.work();
  expect(east.asked.map(({ number }) => number)).toEqual(['1']);
});

it('leaves a doubt as it is that came up after the look', async () => {
  const { clock, stores, east, hub } = await down(['1']);
  east.sick.error = new CommerceError({ code: 'write.uncertain', message: 'No answer came. Look it up.' });
  await clock.advance(tenMinutes);
  await hub.work();
  const blind = { ...stores, idempotency: { ...stores.idempotency, peek: async () => undefined } };
  const options = { flow: 'release', warehouse: 'east', claim: 'a', format: 'csv', by: 'kim', clock } as const;
  expect(await manualExport({ ...options, stores: blind })).toMatchObject({
    orders: 0,
    skipped: [{ state: 'uncertain' }],
  });
  expect(await stores.idempotency.peek('release/shop/order/1/order.placed/release')).toMatchObject({
    state: 'uncertain',
  });
});

it('confirms by the file that comes back, once, with the moment at which it left', async () => {
  const { clock, hub, exported } = await down(['1', '2']);
  const file = filledIn(await exported('a'), (number) => `TRACK${number}`);
  await clock.advance(tenMinutes);
  await hub.work();
  expect(await hub.take('east-desk', { body: file })).toBe('stored');
  expect(await hub.take('east-desk', { body: file })).toBe('already');
  // Saved again by another program, with other line ends and separators.
  await hub.take('east-desk', { body: file.replaceAll('\r\n', '\n') });
  await hub.work();
  expect(confirmed.toSorted()).toEqual(['1 TRACK1 2026-11-01T00:05:00Z', '2 TRACK2 2026-11-01T00:05:00Z']);
});

it('dispatches an order once, whatever a later file says of it', async () => {
  const { clock, hub, exported } = await down(['1']);
  const file = filledIn(await exported('a'), () => 'T1');
  await clock.advance(tenMinutes);
  await hub.work();
  await hub.take('east-desk', { body: file });
  await hub.take('east-desk', { body: file.replace('T1', 'T1-corrected') });
  await hub.work();
  expect(confirmed).toEqual(['1 T1 2026-11-01T00:05:00Z']);
});

it('takes an order only with all of its lines: the rest could never be dispatched', async () => {
  const { clock, hub, exported } = await down([twoLines]);
  const rows = filledIn(await exported('a'), () => 'T1').split('\r\n');
  await clock.advance(tenMinutes);
  const take = (given: readonly string[]) => hub.take('east-desk', { body: given.join('\r\n') });
  await expect(take(rows.slice(0, 2))).rejects.toThrow(/lacks its line "2"; .* quantity 0/);
  const none = rows.map((row) => row.replace('HEART,2,', 'HEART,0,').replace('CAP,1,', 'CAP,0,'));
  await expect(take(none)).rejects.toThrow(/quantity 0 in every line/);
  await hub.work();
  expect(confirmed).toEqual([]);
  await take(rows.map((row) => row.replace('CAP,1,', 'CAP,0,').replace(/(CAP,0,.*),dhl,.*$/, '$1,,,')));
  await hub.work();
  expect(confirmed).toEqual([`${twoLines} T1 2026-11-01T00:05:00Z`]);
});

describe('a line of which nothing is to be shipped', () => {
  it('is in no file, and keeps neither its own order nor another one from being confirmed', async () => {
    const { clock, hub, exported } = await down(['1', oneGone]);
    const made = await exported('a');
    expect(made.file.body).not.toContain('CAP');
    const json: unknown = JSON.parse((await exported('a', { format: 'json' })).file.body);
    expect(json).toMatchObject({ orders: [{ lines: [{ id: '1' }] }, { lines: [{ id: '1' }] }] });
    const rows = filledIn(made, (number) => `T${number}`).split('\r\n');
    await clock.advance(tenMinutes);
    await hub.work();
    await hub.take('east-desk', { body: rows.map((row) => row.replace(/(,23,.*),dhl,.*$/, '$1,,,')).join('\r\n') });
    await hub.work();
    expect(confirmed).toEqual(['1 T1 2026-11-01T00:05:00Z']);
    await hub.take('east-desk', { body: rows.join('\r\n') });
    await hub.work();
    expect(confirmed).toEqual(['1 T1 2026-11-01T00:05:00Z', `${oneGone} T${oneGone} 2026-11-01T00:05:00Z`]);
  });

  it('may be in the file all the same, filled in or not, and only with the quantity 0', async () => {
    const { clock, hub, exported } = await down(['1', oneGone]);
    const rows = filledIn(await exported('a'), (number) => `T${number}`).split('\r\n');
    await clock.advance(tenMinutes);
    const asExported = rows.map((row) => row.replace(/(,23,.*),dhl,.*$/, '$1,,,'));
    const gone = asExported[2]?.replace(/,1,85123A,.*HEART",2,|,1,85123A,.*HEART,2,/, ',2,CAP,CAP,0,') ?? '';
    const take = (given: readonly string[]) => hub.take('east-desk', { body: given.join('\r\n') });
    await expect(
      take([...rows, gone.replace(',0,', ',1,').replace(/,,,$/, ',dhl,T,2026-11-01T00:05:00Z')]),
    ).rejects.toThrow(/quantity 1, and 0 were to be shipped/);
    await take([...asExported, gone]);
    await hub.work();
    expect(confirmed).toEqual(['1 T1 2026-11-01T00:05:00Z']);
    await take([...rows, gone]);
    await hub.work();
    expect(confirmed).toHaveLength(2);
  });

  it('is put before a person where it is the whole order', async () => {
    const { hub, waiting } = await down([allGone]);
    expect(await waiting()).toEqual([]);
    const [open] = await hub.exceptions.list({ state: 'open', limit: 2 });
    expect(open).toMatchObject({ code: 'record.invalid' });
    expect(open?.message).toMatch(/nothing of it is to be shipped/);
  });
});

it('takes a file of JSON as well', async () => {
  const { clock, hub, exported } = await down(['1']);
  const { file } = await exported('a', { format: 'json' });
  const content = JSON.parse(file.body) as { orders: { shipments: unknown[] }[] };
  content.orders[0]?.shipments.push({
    carrier: 'dhl',
    trackingNumber: 'T',
    shippedAt: '2026-11-01T00:05:00Z',
    lines: [{ id: '1', sku: '85123A', quantity: 2 }],
  });
  await clock.advance(tenMinutes);
  await hub.work();
  const wanting = structuredClone(content);
  Object.assign(wanting.orders[0]?.shipments[0] ?? {}, { lines: [{ id: '1', sku: '85123A', quantity: 0 }] });
  await expect(hub.take('east-desk', { body: JSON.stringify(wanting) })).rejects.toThrow(/quantity 0 in every line/);
  await hub.take('east-desk', { body: JSON.stringify(content) });
  await hub.work();
  expect(confirmed).toEqual(['1 T 2026-11-01T00:05:00Z']);
});

const one = { id: '1', sku: '85123A', quantity: 1 };
const parcel = { carrier: 'dhl', trackingNumber: 'T', shippedAt: '2026-11-01T00:05:00Z', lines: [one] };
const numbered = { ...parcel, trackingNumber: '1Z999' };
const untracked = { carrier: 'dhl', shippedAt: '2026-11-01T00:05:00Z', lines: [one] };

it.each([
  ['a parcel', [[parcel, parcel]]],
  ['a parcel without a tracking number', [[untracked, untracked]]],
  ['a parcel whose carrier is in capitals once', [[parcel, { ...parcel, carrier: 'DHL ' }]]],
  ['a number whose carrier has two names', [[numbered, { ...numbered, carrier: 'DHL Paket' }]]],
  ['a number that has blanks once', [[numbered, { ...numbered, trackingNumber: '1z 999' }]]],
  ['a parcel whose tracking number is in small letters once', [[parcel, { ...parcel, trackingNumber: 't' }]]],
  ['a line in one parcel', [[{ ...parcel, lines: [one, one] }]]],
  ['a line in one parcel, once with a space', [[{ ...parcel, lines: [one, { ...one, id: ' 1' }] }]]],
  ['an order', [[parcel], [parcel]]],
])('refuses a file of JSON in which %s stands twice', async (_what, entries) => {
  const { clock, hub, exported } = await down(['1']);
  const { file } = await exported('a', { format: 'json' });
  const { claim, orders } = JSON.parse(file.body) as { claim: string; orders: object[] };
  const body = JSON.stringify({ claim, orders: entries.map((shipments) => ({ ...orders[0], shipments })) });
  await clock.advance(tenMinutes);
  await expect(hub.take('east-desk', { body })).rejects.toThrow(
    /line "1" of order "R[0-9a-f]+" stands twice in one parcel/,
  );
  await hub.work();
  expect(confirmed).toEqual([]);
});

it('takes two parcels of one line in a file of JSON, up to what was to be shipped', async () => {
  const { clock, hub, exported } = await down(['1']);
  const { file } = await exported('a', { format: 'json' });
  const { claim, orders } = JSON.parse(file.body) as { claim: string; orders: object[] };
  const bodyOf = (lines: readonly object[]) =>
    JSON.stringify({
      claim,
      orders: [{ ...orders[0], shipments: [parcel, { ...parcel, trackingNumber: 'U', lines }] }],
    });
  await clock.advance(tenMinutes);
  await expect(hub.take('east-desk', { body: bodyOf([{ ...one, id: ' 1', quantity: 2 }]) })).rejects.toThrow(
    /quantity 3, and 2 were to be shipped/,
  );
  await hub.take('east-desk', { body: bodyOf([one]) });
  await hub.work();
  expect(confirmed).toEqual(['1 T 2026-11-01T00:05:00Z']);
});

it.each([
  ['a number', [parcel, untracked]],
  ['none', [untracked, parcel]],
])('asks which parcel it is when a line has %s at first and then stands there otherwise', async (_what, shipments) => {
  const { clock, hub, exported } = await down(['1']);
  const { file } = await exported('a', { format: 'json' });
  const { claim, orders } = JSON.parse(file.body) as { claim: string; orders: object[] };
  const body = JSON.stringify({ claim, orders: [{ ...orders[0], shipments }] });
  await clock.advance(tenMinutes);
  await expect(hub.take('east-desk', { body })).rejects.toThrow(
    /line "1" of order "R[0-9a-f]+" stands there with a tracking number and without one/,
  );
  await hub.work();
  expect(confirmed).toEqual([]);
});

/** A row of which half was in it, pasted twice. */
function twiceOne(row: string): string {
  const half = row.replace('HEART",2,', 'HEART",1,').replace('HEART,2,', 'HEART,1,');
  return half + half;
}

it('takes the lines of one parcel together, however its carrier and its number are written', async () => {
  const { clock, stores, hub, exported } = await down([twoLines]);
  const file = filledIn(await exported('a'), () => 'T1');
  const body = file.replace(/(CAP,1,.*),dhl,T1/, '$1,DHL,t1');
  expect(body).not.toBe(file);
  await clock.advance(tenMinutes);
  await hub.work();
  await hub.take('east-desk', { body });
  const desk = delayedConfirmation({ name: 'east-desk', warehouse: 'east', stores, clock });
  const [event] = await desk.notifications.decode({ deliveryId: 'd', topic: 'confirmation-file', body });
  expect(event).toMatchObject({ data: { parcels: [{ lines: [{}, {}] }] } });
});

it('writes no formula into a spreadsheet, and quotes what needs it', async () => {
  const { exported } = await down(['1']);
  const { body } = (await exported('a')).file;
  expect(body).toContain(`"'=HYPERLINK(""x"")"`);
  expect(body).toContain('"1, High ""Street"""');
  expect(body.startsWith('\uFEFFclaim,reference,number,line,sku')).toBe(true);
});

it.each([
  [
    'half filled in',
    (text: string) => text.replace('TRACK1', 'TRACK1').replace('2026-11-01T00:05:00Z', ''),
    /row 2: "shipped_at" wants a moment in UTC/,
  ],
  ['cut short by a spreadsheet', (text: string) => text.replace('TRACK1', '1.23457E+11'), /spreadsheet cut short/],
  ['of another kind', () => 'hello', /has no column "claim", "reference"/],
  [
    'of a claim that is none',
    (text: string) => text.replaceAll('\r\na,', '\r\nb,'),
    /nothing was exported under claim "b"/,
  ],
  [
    'of an order that is not in it',
    (text: string) => text.replace(/\r\na,R[0-9a-f]+/, '\r\na,R0'),
    /no order of reference "R0"/,
  ],
  ['of another line', (text: string) => text.replace(',1,85123A,', ',9,85123A,'), /has no line "9"/],
  [
    'of more than was exported',
    (text: string) => text.replace('HEART,2,', 'HEART,500,'),
    /quantity 500, and 2 were to be shipped/,
  ],
  ['with a group of thousands', (text: string) => text.replace('HEART,2,', 'HEART,"2,000",'), /plain digits/],
  ['from tomorrow', (text: string) => text.replace('2026-11-01T00:05:00Z', '2062-11-01T00:05:00Z'), /still to come/],
  ['without a carrier', (text: string) => text.replace(',dhl,', ',,'), /confirmed as a whole/],
  ['broken', () => '{"claim": "a", ', /it is no JSON/],
  [
    'of a row that was pasted twice',
    (text: string) =>
      text
        .replace('HEART",2,', 'HEART",1,')
        .replace(/(\r\n.*TRACK1.*)/, '$1$1')
        .replaceAll('HEART,2,', 'HEART,1,'),
    /row 3 has the line and the parcel of row 2/,
  ],
  [
    'of a row without a tracking number that was pasted twice',
    (text: string) => text.replace(/\r\n.*TRACK1.*/, (row) => twiceOne(row.replace('TRACK1', ''))),
    /row 3 has the line and the parcel of row 2/,
  ],
  [
    'of a row that was pasted twice, with the carrier in capitals',
    (text: string) => text.replace(/\r\n.*TRACK1.*/, (row) => twiceOne(row).replace(',dhl,', ',DHL,')),
    /row 3 has the line and the parcel of row 2/,
  ],
  [
    'of a row that was pasted twice, with the tracking number in small letters',
    (text: string) =>
      text.replace(/\r\n.*TRACK1.*/, (row) => twiceOne(row).replace('TRACK1', 'track1').replace(',dhl,', ',DHL,')),
    /row 3 has the line and the parcel of row 2/,
  ],
  [
    'of a row that was pasted twice, with another name of the carrier',
    (text: string) => text.replace(/\r\n.*TRACK1.*/, (row) => twiceOne(row).replace(',dhl,', ',DHL Paket,')),
    /row 3 has the line and the parcel of row 2; .* one tracking number is one parcel, whatever its carrier is called/,
  ],
  [
    'of a row that was pasted twice, with blanks in the tracking number',
    (text: string) => text.replace(/\r\n.*TRACK1.*/, (row) => twiceOne(row).replace('TRACK1', 'TR\u00A0ACK 1')),
    /row 3 has the line and the parcel of row 2/,
  ],
  [
    'of a row without a tracking number that was pasted twice, with more blanks in the carrier',
    (text: string) =>
      text.replace(/\r\n.*TRACK1.*/, (row) =>
        twiceOne(row.replace(',dhl,TRACK1', ',UPS Ground,')).replace('UPS Ground', 'UPS  Ground'),
      ),
    /row 3 has the line and the parcel of row 2/,
  ],
  [
    'of a row that was pasted twice, with the tracking number in one of them only',
    (text: string) => text.replace(/\r\n.*TRACK1.*/, (row) => twiceOne(row).replace('TRACK1', '')),
    /row 3 has the line and the carrier of row 2, and only one of them has a tracking number/,
  ],
  ['blunted by a spreadsheet', (text: string) => text.replace('TRACK1', '12345678901234500000'), /made zeros/],
  [
    'of SKUs cut short',
    (text: string) => text.replaceAll('85123A', '5.01235E+12'),
    /no line "1" of that SKU: .* as text/,
  ],
  [
    'of two columns of one name',
    (text: string) => text.replace(/^.*$/m, '$&,carrier').replaceAll('05:00Z', '05:00Z,'),
    /column "carrier" more than once/,
  ],
  [
    'of moved cells',
    (text: string) => text.replace(',GB,', ',GB,an unquoted, comma,'),
    /row 2 has more cells than the first row/,
  ],
  ['with an open quote', (text: string) => `${text}\r\n"a`, /never ends/],
])('refuses a file that is %s as a whole', async (_what, change, words) => {
  const { clock, hub, exported } = await down(['1', '2']);
  const file = filledIn(await exported('a'), (number) => `TRACK${number}`);
  await clock.advance(tenMinutes);
  await expect(hub.take('east-desk', { body: change(file) })).rejects.toThrow(words);
  await hub.work();
  expect(confirmed).toEqual([]);
});

it.each(['', 'a/b', 'a b', 'x'.repeat(61)])('refuses "%s" as the name of an export', async (claim) => {
  const { exported } = await down(['1']);
  await expect(exported(claim)).rejects.toMatchObject({ code: 'options.invalid' });
});

it('refuses a claim of another warehouse', async () => {
  const { stores, exported } = await down(['1']);
  await exported('a');
  const other = manualExport({ stores, flow: 'release', warehouse: 'west', claim: 'a', format: 'csv', by: 'kim' });
  await expect(other).rejects.toMatchObject({ code: 'record.rejected' });
});
