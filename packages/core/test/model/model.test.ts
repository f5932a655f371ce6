import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import * as model from '@crossdock/core/model';
import * as examples from './examples.ts';

type Case = readonly [name: string, schema: z.ZodType, example: model.Json];
const cases: readonly Case[] = [
  ['order', model.orderSchema, examples.order],
  ['order draft', model.orderDraftSchema, examples.orderDraft],
  ['customer', model.customerSchema, examples.customer],
  ['product', model.productSchema, examples.product],
  ['stock level', model.stockLevelSchema, examples.stockLevel],
  ['fulfillment order', model.fulfillmentOrderSchema, examples.fulfillmentOrder],
  ['fulfillment draft', model.fulfillmentDraftSchema, examples.fulfillmentDraft],
  ['shipment', model.shipmentSchema, examples.shipment],
  ['return', model.returnSchema, examples.returned],
  ['refund', model.refundSchema, examples.refund],
  ['invoice', model.invoiceSchema, examples.invoice],
  ['payment', model.paymentSchema, examples.payment],
  ['purchase order', model.purchaseOrderSchema, examples.purchaseOrder],
  ['receipt', model.receiptSchema, examples.receipt],
  ['order change', model.orderChangeSchema, examples.orderChange],
  ['fulfillment hold', model.fulfillmentHoldSchema, examples.fulfillmentHold],
  ['fulfillment answer', model.fulfillmentAnswerSchema, examples.fulfillmentAnswer],
  ['tracking change', model.trackingChangeSchema, examples.trackingChange],
  ['tracking report', model.trackingReportSchema, examples.trackingReport],
  ['capture draft', model.captureDraftSchema, examples.captureDraft],
];

type Path = readonly (string | number)[];
/** Every value in an example with the way to it. */
function places(value: model.Json, path: Path = []): readonly { readonly path: Path; readonly value: model.Json }[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  const inside = Array.isArray(value)
    ? value.flatMap((item: model.Json, index) => places(item, [...path, index]))
    : Object.entries(value).flatMap(([key, item]) => places(item, [...path, key]));
  return [{ path, value }, ...inside];
}

/** The example with one value put in another's place. */
function altered(value: model.Json, path: Path, put: model.Json): model.Json {
  const [step, ...rest] = path;
  if (step === undefined) return put;
  if (Array.isArray(value))
    return value.map((item: model.Json, index) => (index === step ? altered(item, rest, put) : item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === step ? altered(item, rest, put) : item]),
  );
}

/** Ways to an example's values that a schema lets through although `put` stands there. */
function lets(
  schema: z.ZodType,
  example: model.Json,
  fits: (path: Path, value: model.Json) => boolean,
  put: model.Json,
) {
  const tried = places(example).filter(({ path, value }) => fits(path, value));
  const accepted = tried.filter(({ path }) => schema.safeParse(altered(example, path, put)).success);
  return { tried: tried.length, accepted: accepted.map(({ path }) => path.join('.')) };
}

const last = (path: Path): string => String(path.at(-1));
const isMoney = (_: Path, value: model.Json): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'amount' in value &&
  'currency' in value &&
  Object.keys(value).length === 2;
const isMoment = (path: Path): boolean => /(?:At|^at|asOf|validFrom|validUntil)$/.test(last(path));
const isDay = (path: Path): boolean => /(?:On)$/.test(last(path));
const isQuantity = (path: Path, value: model.Json): boolean =>
  typeof value === 'number' && !['available', 'on-hand', 'committed'].includes(last(path));
const isRefId = (path: Path, value: model.Json): boolean => last(path) === 'id' && value === '7';
const isStatus = (path: Path): boolean =>
  [
    'status',
    'paymentStatus',
    'kind',
    'owedBy',
    'condition',
    'disposition',
    'tracking',
    'advice',
    'level',
    'to',
  ].includes(last(path));
const nothing: readonly string[] = [];

describe.each(cases)('a %s', (_, schema, example) => {
  it('is accepted in full, and stays as it is', () => {
    expect(schema.parse(example)).toEqual(example);
    expect(schema.parse(JSON.parse(JSON.stringify(example)))).toEqual(example);
  });

  it('has no money as a float, with an exponent or a separator, or in no currency', () => {
    for (const put of [
      19.99,
      '19.99',
      { amount: 19.99, currency: 'EUR' },
      { amount: '1e3', currency: 'EUR' },
      { amount: '1,99', currency: 'EUR' },
      { amount: '', currency: 'EUR' },
      { amount: '5', currency: 'eur' },
      { amount: '5', currency: 'EURO' },
      { amount: '5' },
    ]) {
      expect(lets(schema, example, isMoney, put).accepted).toEqual(nothing);
    }
  });

  it('has no moment in local time, without a time or as a number', () => {
    for (const put of [
      '2026-11-23T13:36:43',
      '2026-11-23T13:36:43+01:00',
      '2026-11-23 13:36:43',
      '2026-11-23',
      1_763_905_003,
      'now',
      '',
    ]) {
      expect(lets(schema, example, isMoment, put).accepted).toEqual(nothing);
    }
  });

  it('has no day with a time or out of the calendar', () => {
    for (const put of ['2026-02-30', '2026-11-23T00:00:00Z', '23.11.2026']) {
      expect(lets(schema, example, isDay, put).accepted).toEqual(nothing);
    }
  });

  it('has no quantity or weight below zero, as text, or that is no number', () => {
    for (const put of [-1, '1', Number.NaN, Number.POSITIVE_INFINITY, null]) {
      expect(lets(schema, example, isQuantity, put).accepted).toEqual(nothing);
    }
  });

  it('has no status outside the list', () => {
    for (const put of ['somehow', 'PAID', '', null]) {
      expect(lets(schema, example, isStatus, put).accepted).toEqual(nothing);
    }
  });

  it('refers to no record without an id', () => {
    for (const put of ['', 7, null]) expect(lets(schema, example, isRefId, put).accepted).toEqual(nothing);
  });

  it('ignores what a newer version may add', () => {
    const extended = { ...(example as object), addedLater: true };
    expect(schema.parse(extended)).toEqual(example);
  });
});

const count = (fits: (path: Path, value: model.Json) => boolean): number =>
  cases.reduce((sum, [, schema, example]) => sum + lets(schema, example, fits, undefined).tried, 0);

describe('the examples', () => {
  it('hold enough of everything for the refusals above to mean something', () => {
    expect(count(isMoney)).toBeGreaterThan(40);
    expect(count(isMoment)).toBeGreaterThan(20);
    expect(count(isDay)).toBeGreaterThan(4);
    expect(count(isQuantity)).toBeGreaterThan(15);
    expect(count(isStatus)).toBeGreaterThan(30);
    expect(count(isRefId)).toBeGreaterThan(25);
  });
});

describe('an address', () => {
  const address = { lines: ['Main Street 1'], countryCode: 'DE' };

  it('needs a country and lines, and nothing else that some country does not have', () => {
    expect(model.addressSchema.parse(address)).toEqual(address);
    for (const bad of [
      { lines: [] },
      { ...address, countryCode: 'Germany' },
      { ...address, countryCode: 'de' },
      { ...address, lines: [''] },
    ]) {
      expect(model.addressSchema.safeParse(bad).success).toBe(false);
    }
  });

  it('has room for the lines of a label and no more', () => {
    expect(model.addressSchema.safeParse({ ...address, lines: ['1', '2', '3', '4'] }).success).toBe(true);
    expect(model.addressSchema.safeParse({ ...address, lines: ['1', '2', '3', '4', '5'] }).success).toBe(false);
  });
});

describe('a reference', () => {
  it('is of the kind that its place asks for', () => {
    expect(model.refSchema('order').safeParse({ system: 'erp', kind: 'order', id: '7' }).success).toBe(true);
    expect(model.refSchema('order').safeParse({ system: 'erp', kind: 'shipment', id: '7' }).success).toBe(false);
    expect(model.anyRefSchema.safeParse({ system: 'erp', kind: 'basket', id: '7' }).success).toBe(false);
  });

  it('links records of any kind', () => {
    const one = { system: 'shop', kind: 'order', id: '7' } as const;
    const other = { system: 'warehouse', kind: 'fulfillment', id: '9' } as const;
    const link = { one, other, linkedAt: '2026-11-23T13:36:43Z' };
    expect(model.linkSchema.parse(link)).toEqual(link);
  });
});

describe('stock', () => {
  it('may be promised away below zero, and lacks the buckets that nobody counts', () => {
    expect(examples.stockLevel.available).toBe(-2);
    expect(model.stockLevelSchema.parse(examples.stockLevel).buckets).not.toHaveProperty('damaged');
    expect(model.stockLevelSchema.safeParse({ ...examples.stockLevel, buckets: { floor: 1 } }).success).toBe(false);
  });
});

describe('a parcel', () => {
  it('has an SSCC of 18 digits or none', () => {
    const [parcel] = examples.shipment.parcels;
    for (const sscc of ['00345678901234567', '0034567890123456755', '(00)3456789012345', '']) {
      expect(model.parcelSchema.safeParse({ ...parcel, sscc }).success).toBe(false);
    }
  });
});
