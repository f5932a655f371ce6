import { describe, expect, it } from 'vitest';
import { CommerceError, defineConnector, type AnyPorts, type ConnectorDefinition, type Ref } from '@crossdock/core';

const made: Ref<'order'> = { system: 'back-office', kind: 'order', id: '1' };
const connector = defineConnector({
  platform: 'demo',
  apiVersion: '2026-01',
  system: 'back-office',
  ports: {
    orders: { create: () => Promise.resolve(made), get: () => Promise.resolve(undefined) },
    webhooks: { verify: () => Promise.resolve({ ok: false, reason: 'signature' }) },
  },
  traits: {
    'orders.create': { duplicateGuard: 'natural-key' },
    'webhooks.verify': { scheme: 'shared-secret', signsTime: false },
  },
  check: () => Promise.resolve(),
  usage: () => [{ bucket: 'calls', calls: 3, spent: 3, throttled: 0, waitedMs: 0 }],
});
const answering = (check: () => Promise<void>) =>
  defineConnector({ platform: 'demo', apiVersion: '1', system: 'demo', ports: {}, traits: {}, check, usage: () => [] });

describe('defineConnector', () => {
  it('offers exactly the operations whose methods are there', () => {
    expect(connector.operations).toEqual(['orders.create', 'orders.get', 'webhooks.verify']);
    expect(connector.can('orders.create')).toBe(true);
    expect(connector.can('orders.cancel')).toBe(false);
    expect(connector.can('inventory.push')).toBe(false);
  });

  it('has the ports as they were given, and says what it is', () => {
    expect(connector).toMatchObject({ contract: 1, platform: 'demo', apiVersion: '2026-01', system: 'back-office' });
    expect(connector.traits['orders.create']).toEqual({ duplicateGuard: 'natural-key' });
    expect(connector.usage()).toMatchObject([{ calls: 3 }]);
    expect(connector.orders).toHaveProperty('create');
  });

  it('offers nothing of a port that is empty or left undefined', () => {
    const { operations } = defineConnector({
      platform: 'demo',
      apiVersion: '1',
      system: 'demo',
      ports: { orders: {} },
      traits: {},
      check: () => Promise.resolve(),
      usage: () => [],
    });
    expect(operations).toEqual([]);
  });

  it('refuses a method that is none, where no compiler looked', () => {
    const definition = {
      platform: 'demo',
      apiVersion: '1',
      system: 'demo',
      ports: { orders: { create: undefined } },
      traits: {},
      check: () => Promise.resolve(),
      usage: () => [],
    };
    expect(() => defineConnector(definition as unknown as ConnectorDefinition<AnyPorts>)).toThrow(
      expect.objectContaining({ code: 'wiring.invalid', message: expect.stringContaining('"orders.create"') }),
    );
  });

  it('answers a check with what the platform says', async () => {
    const refused = new CommerceError({ code: 'auth.rejected', message: 'Said.' });
    expect(await answering(() => Promise.resolve()).check()).toEqual({ ok: true });
    expect(await answering(() => Promise.reject(refused)).check()).toEqual({ ok: false, error: refused });
  });

  it('does not take a defect for an answer', async () => {
    const defect = new TypeError('a defect');
    await expect(answering(() => Promise.reject(defect)).check()).rejects.toBe(defect);
  });
});
