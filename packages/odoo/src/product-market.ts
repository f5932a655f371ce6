import type { ProductDraft, WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import type { Connection } from './connection.ts';
import { inLanguage } from './language.ts';
import { gramsIn } from './product-read.ts';
import { barcodeRow, categoryPathRow, unitNameRow } from './wire/product.ts';
import { many2one, optionalText, recordId, rowOf } from './wire/value.ts';

/** What a batch of drafts names, as Odoo has it: asked once for all of them. */
export interface Market {
  /** Ids of the categories with this path; more than one is for a person to decide. */
  readonly categories: ReadonlyMap<string, readonly number[]>;
  readonly units: ReadonlyMap<string, readonly number[]>;
  /** The SKUs of the variants that have this barcode; `null` for one without. */
  readonly barcodes: ReadonlyMap<string, readonly (string | null)[]>;
  /** The currency in which a new product is priced; `undefined` where nothing was priced. */
  readonly currency: string | undefined;
  /** How many grams one of Odoo's unit of weight is; `undefined` where Odoo has no product that says it. */
  readonly gramsEach: number | undefined;
  /** The digits that Odoo keeps of a price and of a weight; `undefined` for all. */
  readonly priceDigits: number | undefined;
  readonly weightDigits: number | undefined;
  /** Whether the unit of purchases is kept apart, in the same category as the unit: before 19. */
  readonly purchaseUnit: boolean;
  readonly release: number;
}

/** Looks up what the drafts name. Only what is named is asked for. */
export async function marketOf(
  connection: Connection,
  drafts: readonly ProductDraft[],
  options: WriteOptions,
): Promise<Market> {
  const { client } = connection;
  const variants = drafts.flatMap((draft) => draft.variants);
  const inWords = inLanguage(connection, options);
  const paths = [...new Set(drafts.flatMap(({ categories }) => categories))];
  const units = [...new Set(variants.flatMap(({ unit }) => unit ?? []))];
  const codes = [...new Set(variants.flatMap(({ barcode }) => barcode ?? []))];
  const categoryDomain = [['complete_name', 'in', paths] as const];
  const barcodeQuery = { domain: [['barcode', 'in', codes] as const], order: 'id' };
  const archived = { ...options, context: { active_test: false } };
  const weighed = variants.some(({ weightGrams }) => weightGrams !== undefined);
  const priced = variants.some(({ price }) => price !== undefined);
  const [release, fields, categories, named, barcodes, digits, gramsEach, currency] = await Promise.all([
    client.version(options),
    client.fieldsGet('product.template', options),
    paths.length === 0
      ? []
      : client.searchRead('product.category', categoryPathRow, { domain: categoryDomain, order: 'id' }, inWords),
    units.length === 0
      ? []
      : client.searchRead('uom.uom', unitNameRow, { domain: [['name', 'in', units]], order: 'id' }, inWords),
    codes.length === 0 ? [] : client.searchRead('product.product', barcodeRow, barcodeQuery, archived),
    weighed || priced ? digitsOf(connection, options) : undefined,
    weighed ? gramsOfUnit(connection, options) : undefined,
    priced ? companyCurrency(connection, options) : undefined,
  ]);
  return {
    categories: grouped(categories.map(({ id, complete_name }) => [complete_name, id])),
    units: grouped(named.map(({ id, name }) => [name, id])),
    barcodes: grouped(barcodes.map(({ barcode, default_code }) => [barcode, default_code])),
    currency,
    gramsEach,
    priceDigits: digits?.list_price,
    weightDigits: digits?.weight,
    purchaseUnit: Object.hasOwn(fields, 'uom_po_id'),
    release,
  };
}

/** Odoo rounds what has more digits than it keeps. On 19 a price keeps all of them. Recorded on Odoo 19.0, 2026-11-26. */
async function digitsOf({ client }: Connection, options: WriteOptions) {
  const digits = z
    .object({ digits: z.tuple([z.number(), z.number()]).nullable().catch(null).optional() })
    .transform((field) => field.digits?.[1]);
  return client.call(
    'product.template',
    'fields_get',
    {
      params: { allfields: ['list_price', 'weight'], attributes: ['type', 'digits'] },
      answer: z.object({ list_price: digits, weight: digits }),
      safety: 'read',
    },
    options,
  );
}

async function gramsOfUnit({ client }: Connection, options: WriteOptions): Promise<number | undefined> {
  const row = rowOf(z.object({ id: recordId, weight_uom_name: optionalText }));
  const archived = { ...options, context: { active_test: false } };
  const [any] = await client.searchRead('product.product', row, { domain: [], order: 'id', limit: 1 }, archived);
  return any && gramsIn(any.weight_uom_name);
}

/** The currency of the company in which the connector works. */
async function companyCurrency({ client, settings }: Connection, options: WriteOptions): Promise<string | undefined> {
  const id = settings.company ?? (await ownCompany(client, options));
  if (id === undefined) return undefined;
  const row = rowOf(z.object({ id: recordId, currency_id: many2one }));
  const [company] = await client.read('res.company', [id], row, options);
  return company?.currency_id.name;
}

async function ownCompany(client: Connection['client'], options: WriteOptions): Promise<number | undefined> {
  const asked = { answer: z.object({ uid: recordId }), safety: 'read' as const };
  const { uid } = await client.call('res.users', 'context_get', asked, options);
  const row = rowOf(z.object({ id: recordId, company_id: many2one }));
  const [user] = await client.read('res.users', [uid], row, options);
  return user?.company_id.id;
}

function grouped<T>(pairs: readonly (readonly [string, T])[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return groups;
}
