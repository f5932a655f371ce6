import type { OperationName } from '@crossdock/core';
import { appliesTo, laws, runLaw, type Given } from '@crossdock/testing/conformance';
import { describe, expect, it } from 'vitest';
import { leastRights } from '../src/index.ts';
import { operationOf } from './live/lost-answers.ts';
import { accountsScenery } from './scenery/accounts.ts';
import { catalogueScenery } from './scenery/catalogue.ts';
import { groundOf } from './scenery/ground.ts';
import { purchasingScenery } from './scenery/purchasing.ts';
import { salesScenery } from './scenery/sales.ts';
import { warehouseScenery } from './scenery/warehouse.ts';

const ground = groundOf('19.0');
const scenery = {
  ...catalogueScenery(ground),
  ...salesScenery(ground),
  ...warehouseScenery(ground),
  ...accountsScenery(ground),
  ...purchasingScenery(ground),
};

/** Laws in which a connector does all that its operation is for, and not a hundred times. */
const telling =
  /brings-what-changed-since|same-key|a-change-is-written|a-part-and-then|confirms-a-draft|finds-by|gives-every|gives-everybody|cancels|cancel\/is-repeatable|an-unknown-(?!status)|unknown-sku|says-what|readiness/;

/** What every internal user may read. Recorded on Odoo 19.0, 2026-11-26, with a user in "Role / User" alone. */
const readByEveryone: ReadonlySet<string> = new Set(
  [
    'product.product product.template product.category product.pricelist product.pricelist.item uom.uom account.tax',
    'product.attribute product.attribute.value product.template.attribute.line product.template.attribute.value',
    'res.country res.country.state res.currency res.partner res.users stock.location stock.package stock.picking.type',
    'stock.quant stock.move.line stock.warehouse',
  ].flatMap((names) => names.split(' ')),
);

/** Which deed a method is, where it is one of the model's records. */
function deedOf(method: string): 'read' | 'write' | 'create' {
  if (['read', 'search_read', 'fields_get', 'context_get'].includes(method)) return 'read';
  return method === 'load' || method === 'create' ? 'create' : 'write';
}

/** What the connector calls while it is held to laws of an operation, as "sale.order.load". */
async function callsOf(operation: OperationName): Promise<readonly string[]> {
  const calls = new Set<string>();
  const connector = ground.setup().connect();
  const ofOperation = laws.filter(
    (law) => law.operations.join() === operation && telling.test(law.id) && appliesTo(law, connector, scenery),
  );
  expect(ofOperation).not.toEqual([]);
  for (const law of ofOperation) {
    await runLaw(law, {
      setup() {
        const { platform, connect } = ground.setup((fetch) => async (input, init) => {
          const request = new Request(input, init);
          calls.add(operationOf(request.url, await request.clone().text()));
          return fetch(request);
        });
        return { platform, connect: (given?: Given) => connect(given), secrets: [] };
      },
      scenery,
    });
  }
  return [...calls].filter((call) => !call.startsWith('/') && !call.startsWith('ir.model.data.'));
}

describe('the least rights of an operation', () => {
  // Each name was found among the operations.
  it.each(Object.keys(leastRights) as OperationName[])(
    'of %s are of every model that it asks for',
    async (operation) => {
      const rights = leastRights[operation] ?? {};
      const beyond = (await callsOf(operation)).filter((call) => {
        const at = call.lastIndexOf('.');
        const [model, deed] = [call.slice(0, at), deedOf(call.slice(at + 1))];
        return !(deed === 'read' && readByEveryone.has(model)) && rights[model]?.includes(deed) !== true;
      });
      expect(beyond).toEqual([]);
    },
  );
});
