import type { AuditEntry, Ref } from '@crossdock/core';
import { answers, lawsOf } from './store-law.ts';

const order: Ref = { system: 'shop', kind: 'order', id: '1' };
const sale: Ref = { system: 'erp', kind: 'order', id: 'S1' };
const entry = (action: string, refs: readonly Ref[]): AuditEntry => ({
  at: '2026-11-01T00:00:00.000Z',
  actor: 'place-order',
  action,
  refs,
  details: { run: 'r', list: [1, null] },
});

/** What the store of what happened promises. */
export const auditLaws = lawsOf('audit', {
  'comes-back-as-it-was-written': async ({ stores: { audit } }) => {
    await audit.append(entry('run.finished', [order, sale]));
    answers('The entry', await audit.list(order, 10), [entry('run.finished', [order, sale])]);
  },
  'found-by-every-record': async ({ stores: { audit } }) => {
    await audit.append(entry('run.finished', [order, sale]));
    answers('Entries of the second record', (await audit.list(sale, 10)).length, 1);
  },
  'of-one-record': async ({ stores: { audit } }) => {
    await audit.append(entry('run.finished', [sale]));
    answers('Entries of a record that nothing happened to', await audit.list({ ...sale, id: 'S2' }, 10), []);
    answers('Entries of another kind', await audit.list({ ...sale, kind: 'invoice' }, 10), []);
  },
  'newest-first': async ({ stores: { audit } }) => {
    for (const action of ['a', 'b', 'c']) await audit.append(entry(action, [order]));
    answers(
      'The two newest entries',
      (await audit.list(order, 2)).map(({ action }) => action),
      ['c', 'b'],
    );
  },
});
