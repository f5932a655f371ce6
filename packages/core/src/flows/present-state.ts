import type { ConnectorBase } from '../connector/connector.ts';
import type { CommerceEvent } from '../model/event.ts';
import type { Ref } from '../model/ref.ts';
import type { ReadOptions } from '../ports/options.ts';
import { eventsOfFulfillment, eventsOfOrder } from '../rules/events-of.ts';

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
  return undefined;
}
