import { describe, expect, it } from 'vitest';
import {
  checkpoint,
  checkTotals,
  CommerceError,
  paymentGate,
  prepaid,
  raiseFindings,
  type Finding,
  type Order,
} from '@crossdock/core/model';
import { euro, line, order } from './full-order.ts';

const everyLineHasASku = (subject: Order): readonly Finding[] =>
  subject.lines.flatMap((one, index) =>
    one.sku === undefined
      ? [{ code: 'sku.missing', message: `Line "${one.id}" has no SKU.`, path: `lines[${index}].sku` }]
      : [],
  );
const isPaid = (subject: Order): readonly Finding[] => {
  const gate = paymentGate(subject, prepaid);
  return gate.pass ? [] : [gate.finding];
};
const beforeErp = checkpoint('before-erp', {
  'every line has a SKU': everyLineHasASku,
  'totals add up': (subject: Order) => checkTotals(subject),
  'is paid': isPaid,
});

describe('checkpoint', () => {
  it('lets a good order pass', () => {
    expect(beforeErp.run(order())).toEqual([]);
    expect(beforeErp.rules).toEqual(['every line has a SKU', 'totals add up', 'is paid']);
  });

  it('tells everything that is wrong at once, and which rule says so', () => {
    const { sku: _, ...withoutSku } = line();
    const bad = order({
      lines: [withoutSku],
      totals: { ...order().totals, total: euro('50.00') },
      paymentStatus: 'voided',
    });
    expect(beforeErp.run(bad)).toMatchObject([
      { checkpoint: 'before-erp', rule: 'every line has a SKU', code: 'sku.missing', path: 'lines[0].sku' },
      { checkpoint: 'before-erp', rule: 'totals add up', code: 'totals.mismatch', path: 'totals.total' },
      { checkpoint: 'before-erp', rule: 'is paid', code: 'payment.failed', path: 'paymentStatus' },
    ]);
  });

  it('takes a business error that a rule throws for its finding, and asks the rules after it', () => {
    const refused = new CommerceError({ code: 'status.unmapped', message: 'No such word.' });
    const both = checkpoint('two', {
      throws: () => {
        throw refused;
      },
      'is paid': isPaid,
    });
    expect(both.run(order({ paymentStatus: 'pending' }))).toMatchObject([
      { rule: 'throws', code: 'status.unmapped', message: 'No such word.' },
      { rule: 'is paid', code: 'payment.missing' },
    ]);
  });

  it.each([new TypeError('a defect'), new CommerceError({ code: 'network.timeout', message: 'slow' })])(
    'does not hide %s, which is no finding',
    (error) => {
      const broken = checkpoint('broken', {
        throws: () => {
          throw error;
        },
      });
      expect(() => broken.run(order())).toThrow(error);
    },
  );

  it('refuses to be a gate without rules', () => {
    expect(() => checkpoint('empty', {})).toThrow(expect.objectContaining({ code: 'wiring.invalid' }));
  });
});

describe('raiseFindings', () => {
  const business = { code: 'sku.missing', message: 'No SKU.', path: 'lines[0]' } as const;
  const technical = { code: 'platform.unavailable', message: 'Down.', path: '' } as const;
  const configuration = { code: 'options.invalid', message: 'No shop.', path: 'shop' } as const;

  it('does nothing without findings', () => {
    expect(() => raiseFindings([])).not.toThrow();
  });

  it('throws the worst, with all of them in its details', () => {
    const ref = { system: 'shop', kind: 'order', id: '7' } as const;
    expect(() => raiseFindings([business, configuration, technical], { system: 'shop', refs: [ref] })).toThrow(
      expect.objectContaining({
        code: 'options.invalid',
        message: 'No shop. 2 more in the details.',
        refs: [ref],
        details: { findings: [business, configuration, technical] },
      }),
    );
    expect(() => raiseFindings([business, technical])).toThrow(
      expect.objectContaining({ code: 'platform.unavailable' }),
    );
  });

  it('throws the first among equals, in its own words when it is alone', () => {
    const second = { ...business, message: 'Another.' };
    expect(() => raiseFindings([business, second])).toThrow(
      expect.objectContaining({ message: 'No SKU. 1 more in the details.' }),
    );
    expect(() => raiseFindings([business])).toThrow(expect.objectContaining({ message: 'No SKU.' }));
  });
});
