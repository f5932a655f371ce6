import type {
  CaptureDraft,
  Customer,
  FulfillmentAnswer,
  FulfillmentDraft,
  FulfillmentHold,
  FulfillmentOrder,
  Invoice,
  Order,
  OrderChange,
  OrderDraft,
  Payment,
  Product,
  PurchaseOrder,
  Receipt,
  Refund,
  Return,
  Shipment,
  StockLevel,
  TrackingChange,
  TrackingReport,
} from '@crossdock/core/model';

// One full example of everything: every optional field is there.

const at = '2026-11-23T13:36:43Z';
const euro = (amount: string) => ({ amount, currency: 'EUR' });
const ref = <const K extends string>(kind: K, id = '7') => ({ system: 'erp', kind, id });
const tax = { title: 'VAT', rate: '0.19', amount: euro('6.66'), owedBy: 'seller' } as const;
const discount = { kind: 'code', title: 'Spring', code: 'SPRING', amount: euro('3.90') } as const;
const address = {
  name: 'Jane Doe',
  company: 'Acme',
  lines: ['Main Street 1'],
  city: 'Berlin',
  subdivision: 'BE',
  postalCode: '10115',
  countryCode: 'DE',
  phone: '+49 30 1234567',
  email: 'jane@mail.example',
};
const party = {
  ref: ref('customer'),
  name: 'Jane Doe',
  company: 'Acme',
  email: 'jane@mail.example',
  phone: '+49 30 1234567',
  accountNumber: 'K-100',
  taxId: 'DE123456789',
};
const totals = {
  goods: euro('35.07'),
  discount: euro('3.90'),
  shipping: euro('4.90'),
  fees: euro('2.00'),
  tax: euro('7.97'),
  total: euro('49.94'),
};
const transaction = {
  id: 't1',
  kind: 'capture',
  status: 'succeeded',
  gateway: 'card',
  amount: euro('49.94'),
  presentment: { amount: '43.10', currency: 'GBP' },
  parentId: 't0',
  processedAt: at,
} as const;
const pounds = (amount: string) => ({ amount, currency: 'GBP' });
const presented = { price: pounds('11.20'), total: pounds('30.26'), tax: pounds('5.75') };
const lots = [{ lot: 'L-1', quantity: 2, expiresOn: '2027-02-28' }];

export const order: Order = {
  ref: ref('order'),
  number: '#1042',
  status: 'confirmed',
  paymentStatus: 'paid',
  wireStatus: { financial: 'PAID' },
  buyer: party,
  billingAddress: address,
  shippingAddress: address,
  currency: 'EUR',
  presentment: { currency: 'GBP', totals },
  taxesIncluded: false,
  lines: [
    {
      id: 'l1',
      sku: 'MUG-RED',
      variant: ref('variant'),
      title: 'Red mug',
      quantity: 3,
      unitPrice: euro('12.99'),
      discounts: [discount],
      taxes: [tax],
      total: euro('35.07'),
      requiresShipping: true,
      presented,
      orderedQuantity: 4,
      giftCard: true,
      attributes: { engraving: 'Happy birthday' },
    },
  ],
  shippingLines: [
    {
      id: 's1',
      title: 'Parcel',
      service: 'standard',
      price: euro('4.90'),
      discounts: [],
      taxes: [tax],
      total: euro('4.90'),
      presented,
    },
  ],
  feeLines: [{ id: 'f1', title: 'Gift wrap', price: euro('2.00'), taxes: [tax], total: euro('2.00'), presented }],
  discounts: [discount],
  totals,
  transactions: [transaction],
  note: 'Ring twice',
  tags: ['trade'],
  purchaseNumber: 'PO-77',
  test: true,
  risk: {
    advice: 'investigate',
    assessments: [{ level: 'high', provider: 'fraud-app', facts: ['The card was used five times today.'] }],
  },
  attributes: { channel: 'fair' },
  placedAt: at,
  updatedAt: at,
  canceledAt: at,
  cancelReason: 'customer',
};
const {
  ref: _ref,
  wireStatus: _wire,
  updatedAt: _updated,
  status: _status,
  canceledAt: _at,
  cancelReason: _why,
  ...rest
} = order;
export const orderDraft: OrderDraft = { ...rest, source: ref('order'), customer: ref('customer') };

export const customer: Customer = {
  ...party,
  name: 'Jane Doe',
  billingAddress: address,
  shippingAddresses: [address],
  updatedAt: at,
};
export const product: Product = {
  ref: ref('product'),
  title: 'Mug',
  description: 'Holds tea',
  status: 'active',
  vendor: 'Acme',
  categories: ['Kitchen'],
  variants: [
    {
      ref: ref('variant'),
      sku: 'MUG-RED',
      barcode: '4006381333931',
      title: 'Red',
      options: [{ name: 'Colour', value: 'Red' }],
      price: {
        sku: 'MUG-RED',
        amount: euro('12.99'),
        compareAt: euro('14.99'),
        list: 'trade',
        minimumQuantity: 10,
        validFrom: at,
        validUntil: at,
      },
      stocked: true,
      tracking: 'lot',
      weightGrams: 350,
    },
  ],
  updatedAt: at,
};
export const stockLevel: StockLevel = {
  sku: 'MUG-RED',
  location: ref('location'),
  available: -2,
  buckets: { 'on-hand': 5, committed: 7 },
  lot: 'L-1',
  asOf: at,
};
export const fulfillmentOrder: FulfillmentOrder = {
  ref: ref('fulfillment'),
  number: '1042-1',
  order: ref('order'),
  status: 'picking',
  wireStatus: 'Processing',
  location: ref('location'),
  shipTo: address,
  service: 'standard',
  lines: [{ id: 'l1', sku: 'MUG-RED', quantity: 3, shipped: 1, canceled: 1, backordered: 1 }],
  issues: [{ code: 'OUT_OF_STOCK', message: 'None left', sku: 'MUG-RED' }],
  requestedAt: at,
  updatedAt: at,
};
export const fulfillmentDraft: FulfillmentDraft = {
  order: ref('order'),
  number: '1042-1',
  shipTo: address,
  service: 'standard',
  lines: [{ id: 'l1', sku: 'MUG-RED', title: 'Red mug', quantity: 3, unitPrice: euro('12.99') }],
  location: ref('location'),
  note: 'Fragile',
  placedAt: at,
};
export const shipment: Shipment = {
  ref: ref('shipment'),
  number: '1042-1',
  fulfillment: ref('fulfillment'),
  order: ref('order'),
  status: 'in-transit',
  wireStatus: 'Shipped',
  location: ref('location'),
  parcels: [
    {
      id: 'p1',
      carrier: 'UPS',
      service: 'Ground',
      trackingNumber: '1Z999AA10123456784',
      trackingUrl: 'https://carrier.example/1Z999AA10123456784',
      sscc: '003456789012345675',
      weightGrams: 900,
      lines: [{ sku: 'MUG-RED', quantity: 3, orderLineId: 'l1', lots, serials: ['s1'] }],
    },
  ],
  shippedAt: at,
  deliveredAt: at,
  updatedAt: at,
};
export const returned: Return = {
  ref: ref('return'),
  number: 'R-1',
  order: ref('order'),
  status: 'received',
  wireStatus: 'RECEIVED',
  lines: [
    {
      id: 'l1',
      sku: 'MUG-RED',
      expected: 1,
      received: 1,
      reason: 'broken',
      condition: 'damaged',
      disposition: 'dispose',
      lots,
    },
  ],
  updatedAt: at,
};
export const refund: Refund = {
  ref: ref('refund'),
  order: ref('order'),
  return: ref('return'),
  lines: [{ orderLineId: 'l1', quantity: 1, amount: euro('12.99'), tax: euro('2.47'), restocked: false }],
  shipping: euro('4.90'),
  total: euro('20.36'),
  note: 'Sorry',
  refundedAt: at,
};
export const invoice: Invoice = {
  ref: ref('invoice'),
  number: 'INV/2026/0001',
  kind: 'credit-note',
  status: 'open',
  wireStatus: 'posted',
  order: ref('order'),
  reverses: ref('invoice', '6'),
  buyer: party,
  lines: [
    {
      id: 'l1',
      sku: 'MUG-RED',
      title: 'Red mug',
      quantity: 3,
      unitPrice: euro('12.99'),
      taxes: [tax],
      total: euro('35.07'),
    },
  ],
  net: euro('41.97'),
  tax: euro('7.97'),
  total: euro('49.94'),
  due: euro('49.94'),
  issuedOn: '2026-11-23',
  dueOn: '2026-12-23',
  updatedAt: at,
};
export const payment: Payment = {
  ref: ref('payment'),
  order: ref('order'),
  invoice: ref('invoice'),
  status: 'paid',
  amount: euro('49.94'),
  transactions: [transaction],
  updatedAt: at,
};
export const purchaseOrder: PurchaseOrder = {
  ref: ref('purchase'),
  number: 'P00007',
  status: 'confirmed',
  wireStatus: 'purchase',
  supplier: ref('customer'),
  location: ref('location'),
  lines: [{ id: 'l1', sku: 'MUG-RED', quantity: 100, received: 40, unitPrice: euro('3.10'), expectedAt: at }],
  total: euro('310.00'),
  updatedAt: at,
};
export const receipt: Receipt = {
  ref: ref('receipt'),
  number: 'WH/IN/0001',
  purchase: ref('purchase'),
  location: ref('location'),
  lines: [{ sku: 'MUG-RED', expected: 100, received: 98, damaged: 2, lots }],
  receivedAt: at,
};
export const orderChange: OrderChange = { note: 'Leave it at the door', addTags: ['vip'], removeTags: ['phone'] };
export const fulfillmentHold: FulfillmentHold = { reason: 'fraud', note: 'The bank asks for a day' };
export const fulfillmentAnswer: FulfillmentAnswer = {
  to: 'cancellation',
  accept: false,
  message: 'It has left',
  shipsAt: at,
};
export const trackingChange: TrackingChange = {
  parcels: [
    { carrier: 'UPS', trackingNumber: '1Z999AA10123456784', trackingUrl: 'https://carrier.example/1Z999AA10123456784' },
  ],
};
export const trackingReport: TrackingReport = {
  status: 'in-transit',
  at,
  message: 'Left the depot',
  city: 'Berlin',
  country: 'DE',
};
export const captureDraft: CaptureDraft = {
  order: ref('order'),
  authorization: 't0',
  amount: euro('10.00'),
  isLast: true,
};
