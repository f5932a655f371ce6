import { invalidId } from '../api-error.ts';
import { gid, partsOf } from '../gid.ts';
import type { Context } from '../graphql/context.ts';
import { whyNotCancelled } from '../life/cancel.ts';
import { edit } from '../life/edit.ts';
import { pay } from '../life/payments.ts';
import { tagsOf } from '../life/make-product.ts';
import { touch } from '../life/shop.ts';
import { canMarkAsPaid } from '../order-status.ts';
import type { Address, CancelReason, JobRecord, Note, OrderRecord } from '../records.ts';
import { mayWriteOn } from '../scopes.ts';
import { numberOf, visibleOrder } from '../queries/lookup.ts';
import { unsupported } from '../unsupported.ts';
import type { View } from '../views/views.ts';
import { tagsIn, tagTrouble } from './tag-limits.ts';
import { userError } from './user-error.ts';

type CancelArgs = {
  readonly orderId: string;
  readonly reason: CancelReason;
  readonly restock: boolean;
  readonly refund?: boolean | null;
  readonly refundMethod?: {
    readonly originalPaymentMethodsRefund?: boolean | null;
    readonly storeCreditRefund?: unknown;
  } | null;
  readonly staffNote?: string | null;
};

const longestStaffNote = 255;

/** Begins to cancel an order. The answer is a job: the order is cancelled later. Texts as recorded on API 2026-04. */
export function orderCancel(args: CancelArgs, context: Context): View {
  const { shop, startJob } = context;
  if (args.refundMethod?.storeCreditRefund != null) throw unsupported('refunds to store credit');
  const order = visibleOrder(context, numberOf(args.orderId, 'Order'));
  if (!order) return notCancelled(['orderId'], 'Order does not exist', 'NOT_FOUND');
  const why = whyNotCancelled(shop, order);
  if (why) return notCancelled(['orderId'], why, 'INVALID');
  if ([...shop.store.jobs.values()].some((job) => job.orderId === order.id && !job.done)) {
    return notCancelled(null, 'Cancellation is already in progress', 'INVALID');
  }
  if ((args.staffNote ?? '').length > longestStaffNote) {
    return notCancelled(['staffNote'], `Staff note is too long (maximum is ${longestStaffNote} characters)`, 'INVALID');
  }
  const job = startJob(order, {
    reason: args.reason,
    restock: args.restock,
    refund: args.refundMethod?.originalPaymentMethodsRefund ?? args.refund ?? false,
    staffNote: args.staffNote ?? undefined,
  });
  return {
    job: { __typename: 'Job', id: gid('Job', job.id), done: job.done, query: {} },
    jobResult: () => jobResult(context, order, job),
    orderCancelUserErrors: [],
    userErrors: [],
  };
}

function notCancelled(field: readonly string[] | null, message: string, code: string): View {
  return {
    job: null,
    jobResult: null,
    orderCancelUserErrors: [userError(field, message, code)],
    userErrors: [userError(field, message)],
  };
}

/** Archives an order; a repeat is a silent success. */
export function orderClose({ input }: { readonly input: { readonly id: string } }, context: Context): View {
  return archived(context, input.id, true);
}

/** Takes an order out of the archive; a repeat is a silent success. */
export function orderOpen({ input }: { readonly input: { readonly id: string } }, context: Context): View {
  return archived(context, input.id, false);
}

type UpdateInput = {
  readonly id: string;
  readonly tags?: readonly string[] | null;
  readonly note?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly poNumber?: string | null;
  readonly customAttributes?: readonly Note[] | null;
  readonly shippingAddress?: Address | null;
};

/** Changes what is written on an order: lists are replaced, the last write wins. */
export function orderUpdate({ input }: { readonly input: UpdateInput }, context: Context): View {
  const order = visibleOrder(context, numberOf(input.id, 'Order'));
  if (!order) return missing;
  if (input.email != null && !/^[^\s@]+@[^\s@]+$/.test(input.email)) {
    return { order: null, userErrors: [userError(['email'], 'Email is invalid')] };
  }
  const tags = tagTrouble('Order', input.tags ?? []);
  if (tags !== undefined) return { order: null, userErrors: [userError(['tags'], tags)] };
  const { id: _id, ...rest } = input;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value != null));
  // That null takes a text away is ours: no such update is recorded.
  if (input.note === null) order.note = undefined;
  if (input.poNumber === null) order.poNumber = undefined;
  const address = input.shippingAddress && { ...order.shippingAddress, ...input.shippingAddress };
  edit(context.shop, order, { ...given, ...(address ? { shippingAddress: address } : {}) });
  return { order: context.views.order(order), userErrors: [] };
}

/** Books what is owed as paid by hand. */
export function orderMarkAsPaid({ input }: { readonly input: { readonly id: string } }, context: Context): View {
  const order = visibleOrder(context, numberOf(input.id, 'Order'));
  if (!order) return missing;
  if (!canMarkAsPaid(order)) {
    return { order: null, userErrors: [userError(['id'], 'Order cannot be marked as paid.')] };
  }
  pay(context.shop, order);
  return { order: context.views.order(order), userErrors: [] };
}

type TagArgs = { readonly id: string; readonly tags: readonly string[] };

/** Adds tags; one that is there already stays once. */
export function tagsAdd({ id, tags }: TagArgs, context: Context): View {
  const wanted = tagsIn(tags);
  const add = (now: readonly string[]) => {
    const known = new Set(now.map((tag) => tag.toLowerCase()));
    return [...now, ...wanted.filter((tag) => !known.has(tag.toLowerCase()))];
  };
  return tagged(context, id, add, wanted);
}

/** Takes tags away. */
export function tagsRemove({ id, tags }: TagArgs, context: Context): View {
  const gone = new Set(tags.map((tag) => tag.trim().toLowerCase()));
  return tagged(context, id, (now) => now.filter((tag) => !gone.has(tag.toLowerCase())));
}

const missing: View = { order: null, userErrors: [userError(['id'], 'Order does not exist')] };

function archived(context: Context, id: string, closed: boolean): View {
  const { shop, views } = context;
  const order = visibleOrder(context, numberOf(id, 'Order'));
  if (!order) return missing;
  if ((order.closedAt !== undefined) !== closed) {
    order.closedAt = closed ? shop.store.second() : undefined;
    touch(shop, order);
    shop.tell([{ topic: 'orders/updated', order }]);
  }
  return { order: views.order(order), userErrors: [] };
}

function tagged(
  context: Context,
  id: string,
  change: (tags: readonly string[]) => readonly string[],
  added: readonly string[] = [],
): View {
  const type = partsOf(id)?.type;
  mayWriteOn(context.scopes, 'tags', id);
  if (type === 'Product' || type === 'Customer') return taggedOther(context, id, type, change, added);
  if (type !== 'Order') throw invalidId(id);
  const order = visibleOrder(context, numberOf(id, 'Order'));
  if (!order) return { node: null, userErrors: [userError(['id'], 'Order does not exist')] };
  const trouble = tagTrouble('Order', added);
  if (trouble !== undefined) return { node: null, userErrors: [userError(['tags'], trouble)] };
  edit(context.shop, order, { tags: change(order.tags) });
  return { node: context.views.order(order), userErrors: [] };
}

function taggedOther(
  { shop, views }: Context,
  id: string,
  type: 'Product' | 'Customer',
  change: (tags: readonly string[]) => readonly string[],
  added: readonly string[],
): View {
  const number = numberOf(id, type);
  const record = type === 'Product' ? shop.store.products.get(number) : shop.store.customers.get(number);
  if (!record) return { node: null, userErrors: [userError(['id'], `${type} does not exist`)] };
  const trouble = tagTrouble(type, added, added.length > 0 ? record.tags : []);
  if (trouble !== undefined) return { node: null, userErrors: [userError(['tags'], trouble)] };
  record.tags = tagsOf(change(record.tags));
  touch(shop, record);
  const product = shop.store.products.get(number);
  const customer = shop.store.customers.get(number);
  if (product) shop.tell([{ topic: 'products/update', product }]);
  if (customer) shop.tell([{ topic: 'customers/update', customer }]);
  return { node: views.owner(id), userErrors: [] };
}

function jobResult({ views }: Context, order: OrderRecord, job: JobRecord): View {
  return {
    __typename: 'OrderCancelJobResult',
    id: gid('OrderCancelJobResult', job.id),
    done: job.done,
    status: job.done ? 'SUCCEEDED' : 'STARTED',
    errors: [],
    order: () => views.order(order),
  };
}
