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
  switch (operation) {
    case 'orders.pull':
    case 'products.pull':
    case 'shipments.pull':
      return `${traits[operation]?.maxPage} a page`;
    case 'orders.create':
    case 'customers.create':
    case 'fulfillments.request':
    case 'shipments.confirm':
      return traits[operation]?.duplicateGuard ?? '';
    case 'orders.cancel':
    case 'fulfillments.cancel':
      return traits[operation]?.mode ?? '';
    case 'inventory.push': {
      const trait = traits[operation];
      return trait ? `${trait.compareAndSet ? 'compare-and-set' : 'looked up before'}, ${trait.maxBatch} a call` : '';
    }
    case 'prices.push':
      return `${traits[operation]?.maxBatch} a call`;
    case 'webhooks.verify':
      return traits[operation]?.scheme ?? '';
    default:
      return '';
  }
}
