import { systemClock, type FulfillmentOrder, type PortCatalogue } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { fulfillmentAnswer } from './fulfillment-answer.ts';
import { fulfillmentGet } from './fulfillment-get.ts';
import { fulfillmentHold } from './fulfillment-hold.ts';
import { fulfillmentPull } from './fulfillment-pull.ts';
import { fulfillmentRelease } from './fulfillment-release.ts';
import type { ShopifySettings } from './options.ts';
import type { RecordReader } from './records-by-id.ts';

/** What is to leave, from where, and how far it is. */
export function fulfillmentsPort(
  client: ShopifyClient,
  reader: RecordReader<FulfillmentOrder>,
  settings: ShopifySettings,
): Pick<PortCatalogue['fulfillments'], 'pull' | 'get' | 'hold' | 'release' | 'answer'> {
  const { system, overlapMs, clock = systemClock } = settings;
  const sweep = { system, overlapMs, clock, operation: 'fulfillments.pull', what: 'Fulfillments' };
  return {
    pull: fulfillmentPull(client, reader, sweep),
    get: fulfillmentGet(reader, settings),
    hold: fulfillmentHold(client, settings),
    release: fulfillmentRelease(client, settings),
    answer: fulfillmentAnswer(client, settings),
  };
}
