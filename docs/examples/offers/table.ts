import type { ConnectorBase, OperationName, TraitCatalogue } from '@crossdock/core';

/** The ports in the order of the catalogue, and the verbs in the order in which they are used. */
const ports = [
  'orders',
  'products',
  'categories',
  'inventory',
  'prices',
  'customers',
  'fulfillments',
  'shipments',
  'returns',
  'refunds',
  'invoices',
  'payments',
  'purchases',
  'receipts',
  'webhooks',
  'notifications',
];
const verbs = [
  'pull',
  'get',
  'readiness',
  'create',
  'push',
  'request',
  'confirm',
  'capture',
  'update',
  'report',
  'hold',
  'release',
  'answer',
  'cancel',
  'subscribe',
  'subscriptions',
  'verify',
  'read',
  'decode',
];

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
  return sayings[operation]?.(traits) ?? ordinary(traits[operation as keyof TraitCatalogue]);
}

type Saying = (traits: Partial<TraitCatalogue>) => string | undefined;
const sayings: Readonly<Partial<Record<OperationName, Saying>>> = {
  'inventory.push': ({ 'inventory.push': trait }) =>
    trait && `${trait.compareAndSet ? 'compare-and-set' : 'looked up before'}, ${atOnce(trait.maxBatch)}`,
  'webhooks.verify': (traits) => traits['webhooks.verify']?.scheme,
};

/** Every trait says one or the other of these, whichever operation it belongs to. */
function ordinary(trait: object | undefined): string {
  if (!trait) return '';
  if ('maxPage' in trait) return `${String(trait.maxPage)} a page`;
  if ('duplicateGuard' in trait) return String(trait.duplicateGuard);
  if ('mode' in trait) return String(trait.mode);
  return 'maxBatch' in trait ? atOnce(Number(trait.maxBatch)) : '';
}

function atOnce(items: number): string {
  return `${items.toLocaleString('en-GB')} at once`;
}
