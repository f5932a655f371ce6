import * as z from 'zod';

/** What an order must and may say. Lengths and required parts: ShipBob OpenAPI 2026-01, read 2026-11-23. */
export const orderBodySchema = z.object({
  reference_id: z.string().min(1).max(300),
  order_number: z.string().max(400).nullish(),
  shipping_method: z.string().min(1),
  type: z.enum(['DTC', 'DropShip', 'B2B']),
  gift_message: z.string().max(500).nullish(),
  location_id: z.int().nullish(),
  purchase_date: z.string().nullish(),
  recipient: z.object({
    name: z.string().min(1),
    email: z.string().nullish(),
    phone_number: z.string().nullish(),
    address: z.object({
      address1: z.string().min(1),
      address2: z.string().nullish(),
      company_name: z.string().nullish(),
      city: z.string().min(1),
      state: z.string().nullish(),
      zip_code: z.string().nullish(),
      country: z.string().regex(/^[A-Z]{2}$/),
    }),
  }),
  products: z
    .array(
      z
        .object({
          id: z.int().nullish(),
          reference_id: z.string().min(1).nullish(),
          name: z.string().nullish(),
          quantity: z.int().min(1),
          quantity_unit_of_measure_code: z.enum(['EA', 'INP', 'CS', 'PL']).nullish(),
          external_line_id: z.int().nullish(),
          unit_price: z.number().nullish(),
        })
        .refine((product) => product.id != null || product.reference_id != null, {
          path: ['reference_id'],
          message: 'A product needs a reference_id or an id.',
        }),
    )
    .min(1),
  tags: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
});
export type OrderBody = z.infer<typeof orderBodySchema>;

/** The messages by field, as a 400 answers with them. */
export function fieldMessages(error: z.ZodError): Record<string, string[]> {
  const messages: Record<string, string[]> = {};
  for (const { path, message } of error.issues) {
    const field = path.reduce<string>(
      (name, part) => (typeof part === 'number' ? `${name}[${part}]` : join(name, part)),
      '',
    );
    (messages[field] ??= []).push(message);
  }
  return messages;
}

function join(name: string, part: PropertyKey): string {
  return name === '' ? String(part) : `${name}.${String(part)}`;
}
