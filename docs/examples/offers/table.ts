import type { ConnectorBase, OperationName, TraitCatalogue } from '@crossdock/core';

/** The ports in the order of the catalogue, and the verbs in the order in which they are used. */
const ports = [
  'orders',
  'products',
  'inventory',
  'prices',
  'customers',
  'fulfillments',
  'shipments',
  'webhooks',
  'notifications',
];
const verbs = ['pull', 'get', 'create', 'push', 'request', 'confirm', 'cancel', 'verify', 'read', 'decode'];

/** What each connector offers, as a Markdown table: an operation a row, a connector a column, and in a cell how it behaves. */
export function offersTable(connectors: Readonly<Record<string, ConnectorBase>>): string {
  const names = Object.keys(connectors);
  const offered = new Set(Object.values(connectors).flatMap(({ operations }) => operations));
  const rows = [...offered].toSorted((one, other) => rank(one) - rank(other));
  const cells = rows.map((operation) => [
    `\`${operation}\``,
    ...Object.values(connectors).map((connector) => cellOf(connector, operation)),
  ]);
  return [['', ...names], names.concat('').map(() => '---'), ...cells]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

function rank(operation: OperationName): number {
  const [port = '', verb = ''] = operation.split('.');
  if (!ports.includes(port) || !verbs.includes(verb)) throw new RangeError(`"${operation}" has no place in the table.`);
  return ports.indexOf(port) * verbs.length + verbs.indexOf(verb);
}

function cellOf(connector: ConnectorBase, operation: OperationName): string {
  if (!connector.operations.includes(operation)) return '';
  const words = wordsOf(connector.traits, operation);
  return words === '' ? 'yes' : words;
}

/** How an operation behaves here, in a few words of its traits. */
function wordsOf(traits: Partial<TraitCatalogue>, operation: OperationName): string {
  return sayings[operation]?.(traits) ?? '';
}

type Saying = (traits: Partial<TraitCatalogue>) => string | undefined;
const sayings: Readonly<Partial<Record<OperationName, Saying>>> = {
  'orders.pull': (traits) => aPage(traits['orders.pull']),
  'products.pull': (traits) => aPage(traits['products.pull']),
  'shipments.pull': (traits) => aPage(traits['shipments.pull']),
  'orders.create': (traits) => traits['orders.create']?.duplicateGuard,
  'customers.create': (traits) => traits['customers.create']?.duplicateGuard,
  'fulfillments.request': (traits) => traits['fulfillments.request']?.duplicateGuard,
  'shipments.confirm': (traits) => traits['shipments.confirm']?.duplicateGuard,
  'orders.cancel': (traits) => traits['orders.cancel']?.mode,
  'fulfillments.cancel': (traits) => traits['fulfillments.cancel']?.mode,
  'inventory.push': ({ 'inventory.push': trait }) =>
    trait && `${trait.compareAndSet ? 'compare-and-set' : 'looked up before'}, ${atOnce(trait.maxBatch)}`,
  'prices.push': ({ 'prices.push': trait }) => trait && atOnce(trait.maxBatch),
  'webhooks.verify': (traits) => traits['webhooks.verify']?.scheme,
};

function aPage(trait: { readonly maxPage: number } | undefined): string | undefined {
  return trait && `${trait.maxPage} a page`;
}

function atOnce(items: number): string {
  return `${items.toLocaleString('en-GB')} at once`;
}
