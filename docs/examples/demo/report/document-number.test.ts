import { expect, it } from 'vitest';
import { documentNumber } from './document-number.ts';

it.each([
  ['#536365', '536365'],
  ['#536365-2', '536365'],
  ['536365', '536365'],
  ['536365-3', '536365'],
  ['026-0536365-0000000', '536365'],
  ['026-0536365-0000000-2', '536365'],
  ['C536379', 'C536379'],
  [undefined, ''],
])('%s is about document %s', (reference, number) => {
  expect(documentNumber(reference)).toBe(number);
});
