import { describeConnector, type Given } from '@crossdock/testing/conformance';
import { describe } from 'vitest';
import { accountsScenery } from './scenery/accounts.ts';
import { catalogueScenery } from './scenery/catalogue.ts';
import { buyer, email, groundOf, street } from './scenery/ground.ts';
import { purchasingScenery } from './scenery/purchasing.ts';
import { salesScenery } from './scenery/sales.ts';
import { warehouseScenery } from './scenery/warehouse.ts';
import { versions } from './world.ts';

describe.each(versions)('odoo %s', (version) => {
  const ground = groundOf(version);
  const scenery = {
    ...catalogueScenery(ground),
    ...salesScenery(ground),
    ...warehouseScenery(ground),
    ...accountsScenery(ground),
    ...purchasingScenery(ground),
  };

  describeConnector('as the back office', {
    setup() {
      const { platform, connect } = ground.setup();
      return {
        platform,
        connect: (given?: Given) => connect(given),
        secrets: ['odoo-api-key', email, buyer, street],
      };
    },
    scenery,
    exempt: {
      'shipments.pull/reports-an-unknown-status-and-goes-on': {
        because: 'it asks Odoo for deliveries in state "done" alone, so no other word can come',
        source: 'stock.picking, Odoo 17.0 to 19.0, recorded 2026-11-23',
      },
    },
  });
});
