import type { ConnectorBase } from '../connector/connector.ts';
import type { CommerceEvent } from '../model/event.ts';
import type { Ref } from '../model/ref.ts';
import type { ReadOptions } from '../ports/options.ts';
import {
  eventsOfFulfillment,
  eventsOfInvoice,
  eventsOfOrder,
  eventsOfPurchase,
  eventsOfReturn,
} from '../rules/events-of.ts';

/**
 * The facts that a record's state proves now, read from its system. `undefined` inside says that there is no such record
 * any more; `undefined` itself that a record of this kind cannot be read alone there.
 */
export function presentState(
  connector: ConnectorBase,
  { system, kind, id }: Ref,
  options: ReadOptions,
): Promise<readonly CommerceEvent[] | undefined> | undefined {
  if (kind === 'order' && connector.can('orders.get')) {
    return connector.orders.get({ system, kind, id }, options).then((order) => order && eventsOfOrder(order));
  }
  if (kind === 'fulfillment' && connector.can('fulfillments.get')) {
    return connector.fulfillments
      .get({ system, kind, id }, options)
      .then((found) => found && eventsOfFulfillment(found));
  }
  if (kind === 'return' && connector.can('returns.get')) {
    return connector.returns.get({ system, kind, id }, options).then((found) => found && eventsOfReturn(found));
  }
  if (kind === 'invoice' && connector.can('invoices.get')) {
    return connector.invoices.get({ system, kind, id }, options).then((found) => found && eventsOfInvoice(found));
  }
  if (kind === 'purchase' && connector.can('purchases.get')) {
    return connector.purchases.get({ system, kind, id }, options).then((found) => found && eventsOfPurchase(found));
  }
  return undefined;
}
