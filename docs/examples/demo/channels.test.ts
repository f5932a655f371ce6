import { expect, it } from 'vitest';
import { channelOf } from './channels.ts';

it('an account always buys at the same channel, whatever it buys', () => {
  expect(channelOf({ account: '17850', number: '536365' })).toBe('shopify');
  expect(channelOf({ account: '17850', number: '536366' })).toBe('shopify');
  expect(channelOf({ account: '17851', number: '536365' })).toBe('woocommerce');
  expect(channelOf({ account: '17852', number: '536365' })).toBe('amazon');
});

it('who has no account buys by the number of the invoice', () => {
  expect(['536364', '536365', '536366'].map((number) => channelOf({ number }))).toEqual([
    'shopify',
    'woocommerce',
    'amazon',
  ]);
});

it('a document without a number is dealt to nobody', () => {
  expect(() => channelOf({ number: 'C1' })).toThrow(RangeError);
});
