import * as z from 'zod';

// What the connector's server action is handed: a protocol of ours and none of Odoo's.

const text = z.string().default('');
const reference = z.number().nullish();

const place = z.object({
  name: text,
  street: text,
  street2: text,
  city: text,
  zip: text,
  phone: text,
  email: text,
  country_id: z.union([z.number(), z.literal(false), z.null()]).optional(),
  state_id: z.union([z.number(), z.literal(false), z.null()]).optional(),
});

const address = z.object({ key: z.string(), type: z.enum(['invoice', 'delivery']), values: place });

const person = place.extend({
  ref: text,
  vat: text,
  is_company: z.boolean().default(false),
  company_name: text,
  comment: text,
});

const customer = z.union([
  z.object({ id: z.number() }),
  z.object({
    find: z.object({ ref: text, email: text }),
    id: z.string(),
    values: person,
    deliveries: z.array(z.object({ values: place })).default([]),
  }),
]);

const line = z.object({
  id: z.string(),
  sku: z.string(),
  taxes: z.array(z.number()),
  delivery: z.boolean(),
  values: z.object({
    name: text,
    product_uom_qty: z.coerce.number(),
    price_unit: z.coerce.number(),
    discount: z.coerce.number().default(0),
    extra_tax_data: z.json().optional(),
  }),
});

const part = z.object({
  names: z.array(z.string()),
  tax: z.string(),
  reckoned: z.string(),
  lines: z.number(),
  halves: z.number(),
  again: z.number(),
});

const order = z.object({
  id: z.string(),
  key: z.string(),
  origin: z.string(),
  customer,
  invoice: address.nullable(),
  shipping: address.nullable(),
  values: z.object({
    client_order_ref: text,
    date_order: z.string(),
    note: text,
    warehouse_id: reference,
    pricelist_id: reference,
    team_id: reference,
  }),
  lines: z.array(line),
  total: z.string(),
  tax: z.string(),
  reckoned: z.object({ tax: z.string(), total: z.string() }).optional(),
  currency: z.string(),
  taxed: z.number(),
  parts: z.array(part).default([]),
  rounding: z.string().nullable(),
  confirm: z.boolean(),
});

export const ordersCall = z.object({ orders: z.array(order) });

export type ImportedOrder = z.output<typeof order>;
export type ImportedAddress = z.output<typeof address>;
export type ImportedCustomer = z.output<typeof customer>;
export type ImportedLine = z.output<typeof line>;
