import { testClock, type AmazonAddress, type AmazonBuyer, type AmazonTaxRegistration } from '@crossdock/testing';
import { sample } from './model.ts';
import { seller, type Answer } from './seller.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A request and an answer of Amazon's static sandbox. */
export interface SandboxCase {
  readonly id: string;
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly request: { readonly [key: string]: Json };
  readonly response: Json;
}

/** Every case of an operation that the fake serves. */
export const sandboxCases = sample('sandbox-cases.json') as readonly SandboxCase[]; // Our own collection.

interface SandboxOrder {
  readonly orderId: string;
  readonly orderAliases?: readonly { readonly aliasId: string }[];
  readonly createdTime: string;
  readonly lastUpdatedTime: string;
  readonly programs?: readonly string[];
  readonly salesChannel: { readonly marketplaceId: string };
  readonly buyer?: {
    readonly buyerName: string;
    readonly buyerEmail: string;
    readonly buyerCompanyName?: string;
    readonly buyerPurchaseOrderNumber?: string;
  };
  readonly recipient?: { readonly deliveryAddress: AmazonAddress };
  readonly tax?: { readonly taxRegistrations: readonly AmazonTaxRegistration[] };
  readonly fulfillment: {
    readonly fulfillmentStatus: string;
    readonly fulfilledBy: 'MERCHANT' | 'AMAZON';
    readonly fulfillmentServiceLevel?: string;
  };
  readonly orderItems: readonly {
    readonly orderItemId: string;
    readonly quantityOrdered: number;
    readonly product: {
      readonly title: string;
      readonly sellerSku: string;
      readonly price: { readonly unitPrice: { readonly amount: string; readonly currencyCode: string } };
    };
    readonly fulfillment?: {
      readonly packing?: { readonly giftOption: { readonly giftMessage: string; readonly giftWrapLevel: string } };
    };
    readonly promotion?: { readonly breakdowns: readonly { readonly promotionId: string }[] };
    readonly proceeds?: {
      readonly breakdowns: readonly { readonly type: string; readonly subtotal: { readonly amount: string } }[];
    };
  }[];
  readonly packages?: readonly {
    readonly packageReferenceId: string;
    readonly carrier: string;
    readonly shippingService: string;
    readonly trackingNumber: string;
    readonly shipTime: string;
    readonly packageItems: readonly {
      readonly orderItemId: string;
      readonly quantity: number;
      readonly transparencyCodes?: readonly string[];
    }[];
  }[];
}

const started = '2024-03-11T13:16:24.630Z';

/** The world that a case speaks of, and its answer there. */
export async function answerTo({ operationId, method, path, status, request, response }: SandboxCase): Promise<Answer> {
  const order = orderIn(response);
  const marketplaceId = order?.salesChannel.marketplaceId ?? 'ATVPDKIKX0DER';
  const shop = seller({ clock: testClock({ startAt: order?.createdTime ?? started }), marketplaceId });
  const { state, ask, clock } = shop;
  let known: { readonly [name: string]: Json } = {};

  if (order) {
    await placed(shop, order);
    await clock.advance(180_000);
  } else if (operationId === 'confirmShipment') {
    const { itemIds } = state.placeOrder({
      orderId: textOf(request['orderId']),
      lines: [{ title: 'Tee', quantity: 1, unitPrice: '5.00' }],
    });
    return ask(method, filled(path, request), { body: withItem(request['body'] ?? null, itemIds[0] ?? '') });
  } else if (/Listings/.test(operationId)) {
    const sku = textOf(request['sku'] ?? 'GM-ZDPI-9B4E');
    const isNew = operationId === 'putListingsItem' && sku === 'VALIDATION_INVALID';
    if (!isNew)
      state.addListing({
        sku,
        price: '100.00',
        quantity: 100,
        productType: 'LUGGAGE',
        title: 'Hardside Carry-On Spinner Suitcase Luggage',
      });
    for (const other of ['HW-ZDPI-9B4E', 'TC-ZDPI-9B4E']) state.addListing({ sku: other, price: '1.00', quantity: 0 });
    known = { sku, ...(status === 200 ? { marketplaceIds: 'ATVPDKIKX0DER' } : {}) };
    // The sandbox answers with parts that its request does not ask for.
    if (operationId === 'getListingsItem' && status === 200) {
      known = { ...known, includedData: 'summaries,offers,fulfillmentAvailability,issues' };
    }
  } else if (/Feed/.test(operationId) && status < 300) {
    known = await fed(shop, operationId);
  } else if (/Subscription|Destination/.test(operationId)) {
    known = await subscribed(shop, operationId);
  }

  // The case's own words win, but for ids that Amazon draws and the fake draws otherwise.
  const { paginationToken: _ofTheSandbox, ...own } = request;
  const asked: { readonly [name: string]: Json } = {
    ...known,
    ...own,
    ...idsOf(known),
    sellerId: state.sellerId,
    // The sandbox still speaks of a type of feeds that is gone, and of a notification that the fake does not send.
    ...('feedTypes' in own ? { feedTypes: ['JSON_LISTINGS_FEED'] } : {}),
    ...('notificationTypes' in own ? { notificationTypes: ['ORDER_CHANGE'] } : {}),
  };
  const body = bodyFor(operationId, asked, known);
  const query = Object.fromEntries(
    Object.entries(asked)
      .filter(([name]) => name !== 'body' && !path.includes(`{${name}}`) && name !== 'sellerId')
      .filter(([name]) => !/^(sku|feedId|destinationId|subscriptionId|notificationType|page)$/.test(name))
      .map(([name, value]) => [name, textOf(value)]),
  );
  const scoped = /Destination|SubscriptionById/.test(operationId);
  return ask(method, filled(path, asked), {
    query,
    ...(body === undefined ? {} : { body }),
    ...(scoped ? { grant: 'application' as const } : {}),
  });
}

function orderIn(response: Json): SandboxOrder | undefined {
  const answer = response as { order?: SandboxOrder; orders?: readonly SandboxOrder[] } | null; // By Amazon's model.
  return answer?.order ?? answer?.orders?.[0];
}

async function placed({ state, ask, clock }: ReturnType<typeof seller>, order: SandboxOrder): Promise<void> {
  const untilMs = Date.parse(order.lastUpdatedTime) - Date.parse(order.createdTime);
  const isSent = order.fulfillment.fulfillmentStatus === 'SHIPPED';
  const { buyer } = order;
  const given: AmazonBuyer | undefined = buyer && {
    name: buyer.buyerName,
    email: buyer.buyerEmail,
    company: buyer.buyerCompanyName,
    purchaseOrderNumber: buyer.buyerPurchaseOrderNumber,
  };
  const wrap = order.orderItems[0]?.fulfillment?.packing?.giftOption;
  const { itemIds } = state.placeOrder({
    orderId: order.orderId,
    alias: order.orderAliases?.[0]?.aliasId,
    programs: order.programs,
    buyer: given,
    address: order.recipient?.deliveryAddress,
    taxRegistrations: order.tax?.taxRegistrations,
    fulfilledBy: order.fulfillment.fulfilledBy,
    serviceLevel: order.fulfillment.fulfillmentServiceLevel,
    currency: order.orderItems[0]?.product.price.unitPrice.currencyCode,
    pendingMs: isSent ? 0 : untilMs,
    giftWrap: wrap && { price: '0', message: wrap.giftMessage, level: wrap.giftWrapLevel },
    discounts: order.orderItems.flatMap(({ promotion }, line) =>
      (promotion?.breakdowns ?? []).map(({ promotionId }) => ({ amount: '0', promotion: promotionId, line })),
    ),
    lines: order.orderItems.map(({ product, quantityOrdered, proceeds }) => {
      const tax = proceeds?.breakdowns.find(({ type }) => type === 'TAX')?.subtotal.amount;
      return {
        sku: product.sellerSku,
        title: product.title,
        quantity: quantityOrdered,
        unitPrice: product.price.unitPrice.amount,
        ...(tax === undefined ? {} : { taxPerUnit: tax }),
      };
    }),
  });
  await clock.advance(untilMs);
  if (order.fulfillment.fulfillmentStatus === 'SHIPPED' && order.fulfillment.fulfilledBy === 'AMAZON') {
    state.shipByAmazon(order.orderId);
  }
  const isOutOfSight =
    order.fulfillment.fulfillmentStatus === 'SHIPPED' && order.fulfillment.fulfilledBy === 'MERCHANT';
  for (const [index, parcel] of (order.packages ?? (isOutOfSight ? [unseen(order)] : [])).entries()) {
    await ask('POST', `/orders/v0/orders/${order.orderId}/shipmentConfirmation`, {
      body: {
        marketplaceId: order.salesChannel.marketplaceId,
        packageDetail: {
          packageReferenceId: String(index + 1),
          carrierCode: parcel.carrier,
          shippingMethod: parcel.shippingService,
          trackingNumber: parcel.trackingNumber,
          shipDate: parcel.shipTime,
          orderItems: parcel.packageItems.map(({ orderItemId, quantity, transparencyCodes }) => ({
            transparencyCodes,
            orderItemId: itemIds[order.orderItems.findIndex((item) => item.orderItemId === orderItemId)],
            quantity,
          })),
        },
      },
    });
  }
}

/** The package of an order that is shipped and whose case shows no packages. */
function unseen({ orderItems, lastUpdatedTime }: SandboxOrder) {
  return {
    carrier: 'DHL',
    shippingService: 'Standard',
    trackingNumber: 'JD01',
    shipTime: lastUpdatedTime,
    packageItems: orderItems.map(({ orderItemId, quantityOrdered }) => ({
      orderItemId,
      quantity: quantityOrdered,
      transparencyCodes: undefined,
    })),
  };
}

async function fed({ state, ask, amazon }: ReturnType<typeof seller>, operationId: string) {
  const { body } = await ask('POST', '/feeds/2021-06-30/documents', { body: { contentType: 'application/json' } });
  const { feedDocumentId, url } = body as { feedDocumentId: string; url: string };
  await amazon.fetch(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{}' });
  if (['createFeed', 'createFeedDocument', 'getFeedDocument'].includes(operationId)) return { feedDocumentId };
  const specification = { feedType: 'JSON_LISTINGS_FEED', marketplaceIds: [state.marketplaceId] };
  const made = await ask('POST', '/feeds/2021-06-30/feeds', {
    body: { ...specification, inputFeedDocumentId: feedDocumentId },
  });
  const { feedId } = made.body as { feedId: string };
  if (operationId !== 'cancelFeed') await ask('DELETE', `/feeds/2021-06-30/feeds/${feedId}`);
  return { feedId };
}

async function subscribed({ ask, state }: ReturnType<typeof seller>, operationId: string) {
  const notificationType = 'ORDER_CHANGE';
  const made = await ask('POST', '/notifications/v1/destinations', {
    grant: 'application',
    body: {
      name: 'SQSDestination',
      resourceSpecification: { sqs: { arn: 'arn:aws:sqs:us-east-2:444455556666:queue1' } },
    },
  });
  const { destinationId } = (made.body as { payload: { destinationId: string } }).payload;
  const isOfSubscriptions = /Subscription/.test(operationId) && operationId !== 'createSubscription';
  const subscriptionId = isOfSubscriptions ? state.subscribe(notificationType) : '';
  return { destinationId, subscriptionId, notificationType };
}

/** What stands in paths and was drawn by the fake. */
function idsOf(known: { readonly [name: string]: Json }) {
  return Object.fromEntries(
    Object.entries(known).filter(([name]) =>
      ['feedId', 'feedDocumentId', 'destinationId', 'subscriptionId', 'sku', 'notificationType'].includes(name),
    ),
  );
}

/** The body of a case; where the sandbox wants none, one that makes sense. */
function bodyFor(
  operationId: string,
  asked: { readonly [name: string]: Json },
  known: { readonly [name: string]: Json },
) {
  const given = asked['body'];
  if (given !== undefined && given !== null) {
    return 'feedDocumentId' in known && operationId === 'createFeed'
      ? { ...(given as object), feedType: 'JSON_LISTINGS_FEED', inputFeedDocumentId: known['feedDocumentId'] }
      : given;
  }
  const isInvalid = asked['sku'] === 'VALIDATION_INVALID';
  const quantity = { fulfillment_channel_code: 'DEFAULT', quantity: 5 };
  if (operationId === 'patchListingsItem') {
    const name = isInvalid ? 'fake_attribute' : 'fulfillment_availability';
    return { productType: 'LUGGAGE', patches: [{ op: 'replace', path: `/attributes/${name}`, value: [quantity] }] };
  }
  if (operationId === 'putListingsItem') {
    const attributes = { condition_type: [{ value: 'new_new' }], fulfillment_availability: [quantity] };
    return { productType: 'LUGGAGE', attributes: isInvalid ? { fake_attribute: [quantity] } : attributes };
  }
  if (operationId === 'createDestination') {
    const resourceSpecification = { sqs: { arn: 'arn:aws:sqs:us-east-2:444455556666:queue1' } };
    return { name: 'SQSDestination', resourceSpecification };
  }
  if (operationId === 'createSubscription') return { payloadVersion: '1.0', destinationId: known['destinationId'] };
  return undefined;
}

function withItem(body: Json, orderItemId: string): unknown {
  return JSON.parse(JSON.stringify(body).replaceAll(/"orderItemId":"\d+"/g, `"orderItemId":"${orderItemId}"`));
}

function filled(path: string, values: { readonly [name: string]: Json }): string {
  return path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(textOf(values[name])));
}

/** A parameter as it stands in an address: lists with commas. */
function textOf(value: Json | undefined): string {
  if (Array.isArray(value)) return value.map((part: Json) => textOf(part)).join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
