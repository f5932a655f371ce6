import { readFile } from 'node:fs/promises';
import { odoo } from '@crossdock/odoo';
import { describe, expect, it } from 'vitest';
import { connectors } from './connectors.ts';

const packages = {
  shopify: connectors['Shopify'],
  woocommerce: connectors['WooCommerce'],
  amazon: connectors['Amazon'],
  // The port of webhooks is there where its secrets are.
  odoo: odoo({ url: 'https://odoo.example', database: 'acme', apiKey: 'key', webhookSecrets: ['s'.repeat(32)] }),
  '3pl': connectors['ShipBob'],
};

/** The operations that the first column of a package's table names. */
function listed(readme: string): readonly string[] {
  const offers = readme.split('\n## ').find((section) => section.startsWith('What it offers'));
  const rows = (offers ?? '').split('\n').filter((line) => line.startsWith('| `'));
  return rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''));
}

describe("a package's own README", () => {
  it.each(Object.entries(packages))(
    'of %s lists every operation of its connector once, and no other',
    async (name, connector) => {
      const readme = await readFile(new URL(`../../../packages/${name}/README.md`, import.meta.url), 'utf8');
      expect(listed(readme).toSorted()).toEqual(connector?.operations.toSorted());
    },
  );
});
