// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { BulkOperations } from './bulk.generated.ts';
import type { CollectionsOperations } from './collections.generated.ts';
import type { CustomersOperations } from './customers.generated.ts';
import type { FulfillmentHoldsOperations } from './fulfillment-holds.generated.ts';
import type { FulfillmentOrdersOperations } from './fulfillment-orders.generated.ts';
import type { FulfillmentRequestsOperations } from './fulfillment-requests.generated.ts';
import type { FulfillmentsOperations } from './fulfillments.generated.ts';
import type { InventoryLevelsOperations } from './inventory-levels.generated.ts';
import type { InventoryOperations } from './inventory.generated.ts';
import type { LevelByIdOperations } from './level-by-id.generated.ts';
import type { OrderNotesOperations } from './order-notes.generated.ts';
import type { OrderWritesOperations } from './order-writes.generated.ts';
import type { OrdersOperations } from './orders.generated.ts';
import type { PaymentsOperations } from './payments.generated.ts';
import type { PricesOperations } from './prices.generated.ts';
import type { ProductWritesOperations } from './product-writes.generated.ts';
import type { ProductsOperations } from './products.generated.ts';
import type { RefundsOperations } from './refunds.generated.ts';
import type { ReturnsOperations } from './returns.generated.ts';
import type { ShipmentEventsOperations } from './shipment-events.generated.ts';
import type { ShipmentTrackingOperations } from './shipment-tracking.generated.ts';
import type { ShipmentsOperations } from './shipments.generated.ts';
import type { VariantPricesOperations } from './variant-prices.generated.ts';
import type { WebhooksOperations } from './webhooks.generated.ts';

/** What each operation is sent with and may be answered with. */
export type Operations = BulkOperations & CollectionsOperations & CustomersOperations & FulfillmentHoldsOperations & FulfillmentOrdersOperations & FulfillmentRequestsOperations & FulfillmentsOperations & InventoryLevelsOperations & InventoryOperations & LevelByIdOperations & OrderNotesOperations & OrderWritesOperations & OrdersOperations & PaymentsOperations & PricesOperations & ProductWritesOperations & ProductsOperations & RefundsOperations & ReturnsOperations & ShipmentEventsOperations & ShipmentTrackingOperations & ShipmentsOperations & VariantPricesOperations & WebhooksOperations;
export type OperationName = keyof Operations;
