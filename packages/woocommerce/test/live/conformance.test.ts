import { describeConnector, type Given } from '@crossdock/testing/conformance';
import { afterAll, describe, expect, it } from 'vitest';
import { keyed } from '../../../odoo/test/live/keyed.ts';
import { givenAccess, type Access } from './access.ts';
import { leaveOut } from './describe-live.ts';
import { liveCatalogue } from './live-catalogue.ts';
import { liveMoney } from './live-money.ts';
import { livePlatforms } from './live-platform.ts';
import { liveSales } from './live-sales.ts';
import { aLiveShop } from './live-shop.ts';
import { lawsNotRun, notLive } from './not-live.ts';

/** The laws of every connector, each with a connector of its own to the real shop. */
async function lawsIn(access: Access): Promise<void> {
  const shop = await aLiveShop(access);
  const scenery = { ...liveSales(shop), ...liveCatalogue(shop), ...liveMoney(shop) };
  const setup = livePlatforms(shop);

  describeConnector('in the shop that is given', {
    setup() {
      const { platform, connect } = setup();
      return {
        platform,
        connect: (given?: Given) => keyed(connect(given), scenery, { run: shop.run, number: platform.state.number }),
        secrets: [access.consumerKey, access.consumerSecret, shop.buyer.billing.email],
      };
    },
    scenery,
    exempt: notLive,
    timeoutMs: 300_000,
  });
  describe('laws that are not run', () => {
    const whole = shop.connect({ webhookSecrets: ['x'.repeat(32)] });
    it.for(lawsNotRun(whole, scenery))('$id', ({ id, because }, { skip }) => {
      expect(because, `"${id}" is neither run nor listed. Add a scene, or a reason.`).toBeDefined();
      skip(because);
    });
  });
  afterAll(() => shop.leave());
}

const access = givenAccess(process.env);
if (access === undefined) leaveOut('every law');
else await lawsIn(access);
