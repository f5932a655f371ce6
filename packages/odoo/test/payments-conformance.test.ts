import { laws, runLaw, type Given } from '@crossdock/testing/conformance';
import { describe, expect, it } from 'vitest';
import { accountsScenery } from './scenery/accounts.ts';
import { catalogueScenery } from './scenery/catalogue.ts';
import { groundOf } from './scenery/ground.ts';
import { purchasingScenery } from './scenery/purchasing.ts';
import { salesScenery } from './scenery/sales.ts';
import { warehouseScenery } from './scenery/warehouse.ts';
import { versions } from './world.ts';

const ofPayments = laws.filter(({ operations }) => operations.length === 1 && operations[0] === 'payments.create');

describe.each(versions)('where payments wait for the bank, odoo %s', (version) => {
  const ground = groundOf(version, { modules: ['accountant'] });
  const scenery = {
    ...catalogueScenery(ground),
    ...salesScenery(ground),
    ...warehouseScenery(ground),
    ...accountsScenery(ground),
    ...purchasingScenery(ground),
  };
  const setup = () => {
    const { platform, connect } = ground.setup();
    return { platform, connect: (given?: Given) => connect(given), secrets: ['odoo-api-key'] };
  };

  it.each(ofPayments.map((law) => [law.id, law] as const))(
    '%s',
    async (_id, law) => {
      await expect(runLaw(law, { setup, scenery })).resolves.toBeUndefined();
    },
    60_000,
  );
});
