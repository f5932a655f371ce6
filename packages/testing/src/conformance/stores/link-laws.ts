import type { Ref } from '@crossdock/core';
import { answers, lawsOf } from './store-law.ts';

const order: Ref<'order'> = { system: 'shop', kind: 'order', id: '1' };
const sale: Ref<'order'> = { system: 'erp', kind: 'order', id: 'S1' };
const other: Ref<'order'> = { system: 'erp', kind: 'order', id: 'S2' };
const parcel = (id: string): Ref<'fulfillment'> => ({ system: 'warehouse', kind: 'fulfillment', id });

/** What the store of records that belong together promises. */
export const linkLaws = lawsOf('links', {
  'found-from-both-sides': async ({ stores: { links } }) => {
    answers('Linking', await links.link(order, sale), 'linked');
    answers('From the first', await links.find(order, 'erp', 'order'), sale);
    answers('From the second', await links.find(sale, 'shop', 'order'), order);
  },
  'unlinked-finds-nothing': async ({ stores: { links } }) => {
    answers('A record without a link', await links.find(order, 'erp', 'order'), undefined);
    await links.link(order, sale);
    answers('Another kind of the same id', await links.find({ ...order, kind: 'customer' }, 'erp', 'order'), undefined);
    answers('The same id in another system', await links.find({ ...order, system: 'b2b' }, 'erp', 'order'), undefined);
    answers('A counterpart of another kind', await links.find(order, 'erp', 'invoice'), undefined);
  },
  'repeated-is-already': async ({ stores: { links } }) => {
    await links.link(order, sale);
    answers('The same link again', await links.link(order, sale), 'already');
    answers('The same link from the other side', await links.link(sale, order), 'already');
  },
  'second-counterpart-conflicts': async ({ stores: { links } }) => {
    await links.link(order, sale);
    answers('A second counterpart', await links.link(order, other), 'conflict');
    answers('A second counterpart of the other side', await links.link({ ...order, id: '2' }, sale), 'conflict');
    answers('The first link afterwards', await links.find(order, 'erp', 'order'), sale);
  },
  'parent-has-many-children': async ({ stores: { links } }) => {
    for (const id of ['b', 'a', 'c']) answers(`Child "${id}"`, await links.attach(parcel(id), order), 'linked');
    const ids = (await links.children(order, 'warehouse', 'fulfillment')).map((child) => child.id);
    answers('The children, oldest first', ids, ['b', 'a', 'c']);
  },
  'children-are-of-one-parent-and-kind': async ({ stores: { links } }) => {
    await links.attach(parcel('a'), order);
    await links.attach(parcel('b'), { ...order, id: '2' });
    answers('Children of one parent', await links.children(order, 'warehouse', 'fulfillment'), [parcel('a')]);
    answers('Children of another kind', await links.children(order, 'warehouse', 'shipment'), []);
  },
  'child-finds-its-parent': async ({ stores: { links } }) => {
    await links.attach(parcel('a'), order);
    answers('The parent of a child', await links.find(parcel('a'), 'shop', 'order'), order);
  },
  'child-has-one-parent': async ({ stores: { links } }) => {
    await links.attach(parcel('a'), order);
    answers('The same parent again', await links.attach(parcel('a'), order), 'already');
    answers('A second parent', await links.attach(parcel('a'), { ...order, id: '2' }), 'conflict');
  },
});
