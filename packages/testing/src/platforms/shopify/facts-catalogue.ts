import { chosen, seen, type PlatformFact } from './fact.ts';

const recorded = 'Recorded answers of two development shops, API 2025-01 to 2026-07, read 2026-11-23';
const schema = 'Schema of the Admin API, 2026-01 to 2026-10, read 2026-11-26';
const metafields = 'shopify.dev, metafield limits, read 2026-11-26';
const bulk = 'shopify.dev, bulk operations, read 2026-11-23';
const webhooks = 'shopify.dev, webhooks, read 2026-11-23';
const tokens = 'shopify.dev, access tokens, read 2026-11-23';

/** What the fake shop believes of products, customers, work in bulk, subscriptions and the app itself. */
export const catalogueFacts: readonly PlatformFact[] = [
  seen(
    schema,
    '`productSet` replaces lists and keeps what is left out; options come with variants, 2048 of them at most.',
  ),
  chosen(
    schema,
    'A variant that `productSet` is given without an id is a new one; the old one of the same choice goes with its stock.',
  ),
  chosen(schema, 'An identifier wants its field in the input too, and the same in it; a custom id wants a definition.'),
  chosen(schema, 'Every `productSet` is an update, also when nothing changed. Done later it takes two seconds.'),
  seen(
    recorded,
    'New variants cost a fifth of a point each, and 1499 of them go in one call; metafields and files as described.',
  ),
  chosen(schema, 'Which code of productSet, productVariantsBulkCreate and customerSet answers what, and most words.'),
  seen(schema, 'Metafields: 25 at once, all or none, each only while it is as it was read, where a digest says so.'),
  chosen(
    schema,
    'The digest of a metafield, and that one that is written on a product or an order is an update of it.',
  ),
  seen(
    'Order creation in the schema of the Admin API, 2026-10; changelog of 2019-03-04; read 2026-11-26',
    'A customer has 250 tags of 255 letters, a product 250 tags.',
  ),
  chosen(
    'Shopify’s REST reference of Order as client libraries quote it, read 2026-11-26',
    'A tag of an order has 40 letters; that more is refused and not cut, and the words, are ours.',
  ),
  seen(
    metafields,
    'A metafield holds 64 KB, json 128 KB, an id or url 2 KB; a list 128 entries of that size (256 metaobjects).',
  ),
  chosen(
    metafields,
    'That sizes are counted in bytes, that TOO_LONG refuses more, and that json has 128 KB on every version, as for a new app.',
  ),
  chosen(
    schema,
    'Another SKU is a change of the variant and its item (`InventoryItem.updatedAt`), and of no inventory level.',
  ),
  seen(schema, 'Customers are unique by mailbox and number; mailboxes are found by the words in them.'),
  chosen(schema, 'The case of a mailbox does not count; which parts of an address an app without approval may see.'),
  seen(
    recorded,
    'Bulk queries: one to five connections, two deep, by edges and with the id of the parent; no top level node.',
  ),
  seen(recorded, 'Their lines hold `__parentId` and escaped slashes, and children stand anywhere.'),
  seen(bulk, 'Five of a kind at once from 2026-01 on, one before; results for seven days; no result, no address.'),
  chosen(bulk, 'How long they take, when their counters move, and what a line that is no JSON gets.'),
  chosen(
    bulk,
    'Where a connection hangs below an object and not a node, its parent is that object’s own id or the node.',
  ),
  chosen(bulk, 'A result that is over is ExpiredToken, as Google Cloud Storage says; an upload has its file last.'),
  seen(
    recorded,
    'Lines of a bulk mutation say `__lineNumber` and are not in order. That they count from 0 is inferred.',
  ),
  seen(webhooks, 'With `includeFields` a payload that is as the last one is not sent.'),
  chosen(webhooks, 'Filters of subscriptions are read as searches are; a field of a list is any of its entries’.'),
  chosen(webhooks, 'A topic whose records the token may not read cannot be subscribed to.'),
  seen(tokens, 'A code is good once; a session token a minute, signed with the secret of the app.'),
  chosen(tokens, 'What the token endpoint says when the app is not installed.'),
  seen(schema, 'Scopes by type and by field; whoever may write may read.'),
];
