import { isCommerceError } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { refOf, shipmentOf, shopWithGoods } from './shop.ts';
import { seeded, troubled } from './troubled-line.ts';

const odds = { busy: 0.08, never: 0.14, unanswered: 0.22, late: 0.28 };

describe('several processes with wrong clocks, over a line on which everything happens', () => {
  it.each(Array.from({ length: 8 }, (_, index) => index + 1))(
    'ship every shipment once, while numbers are changed (seed %d)',
    { timeout: 60_000 },
    async (seed) => {
      const world = shopWithGoods();
      const { state, clock, connect } = world;
      const chance = seeded(seed);
      const placed = world.place({
        lines: [
          { sku: 'TEE', quantity: 6 },
          { sku: 'MUG', quantity: 4 },
        ],
      });
      const order = refOf(placed.id);
      const both = shipmentOf('1', [
        { lines: [['TEE', 1]], tracking: '1Z1' },
        { lines: [['MUG', 1]], carrier: 'DHL' },
      ]);
      // The same goods, without a number and under one that both have.
      const others = [
        shipmentOf('2', [{ lines: [['TEE', 1]] }]),
        shipmentOf('3', [{ lines: [['TEE', 1]], tracking: '3Z' }]),
        shipmentOf('4', [{ lines: [['MUG', 1]], tracking: '3Z' }]),
      ];
      let tries = 0;
      /** As a job that is repeated until it is done; whoever asks for a person fails. */
      const made = async <T>(write: () => Promise<T>): Promise<T> => {
        for (;;) {
          tries += 1;
          try {
            return await write();
          } catch (error) {
            if (!isCommerceError(error) || error.code.startsWith('record.')) throw error;
            await clock.sleep(5000 + chance() * 60_000);
          }
        }
      };
      const refs = new Map<string, Set<string>>();
      await Promise.all(
        [0, 61_000, -7_200_000].map(async (wrongMs, index) => {
          const wrong = { ...clock, now: () => clock.now() + wrongMs, elapsed: () => clock.now() };
          const shop = connect({
            fetch: troubled(world, chance, () => tries > 120, odds),
            clock: wrong,
            random: chance,
          });
          for (const shipment of [both, ...others, both]) {
            const ref = await made(() =>
              shop.shipments.confirm({ order, shipment }, { idempotencyKey: shipment.number }),
            );
            refs.set(shipment.number, (refs.get(shipment.number) ?? new Set()).add(ref.id));
            if (shipment.number !== '3') continue;
            const parcels = [{ carrier: 'ups', trackingNumber: `NEW-${index}` }];
            await made(() => shop.shipments.update(ref, { parcels }, { idempotencyKey: `update ${index}` }));
          }
        }),
      );
      // What is on its way still arrives.
      await clock.advance(120_000);
      const shop = connect();
      for (const shipment of [both, ...others]) {
        const ref = await shop.shipments.confirm({ order, shipment }, { idempotencyKey: shipment.number });
        refs.set(shipment.number, (refs.get(shipment.number) ?? new Set()).add(ref.id));
      }
      expect([...refs.values()].map((ids) => ids.size)).toEqual([1, 1, 1, 1]);
      expect(state.order(placed.id).lines.map(({ fulfilled }) => fulfilled)).toEqual([3, 2]);
      expect(state.fulfillmentsOf(placed.id).map(({ status }) => status)).toEqual(
        Array.from({ length: 5 }, () => 'SUCCESS'),
      );
    },
  );
});
