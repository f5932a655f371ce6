import { describeConnector, type Given } from '@crossdock/testing/conformance';
import { afterAll, describe, expect, it } from 'vitest';
import { givenAccess, type Access } from './access.ts';
import { leaveOut } from './describe-live.ts';
import { keyed } from './keyed.ts';
import { liveAccounts } from './live-accounts.ts';
import { liveCatalogue } from './live-catalogue.ts';
import { liveGround } from './live-ground.ts';
import { livePlatforms } from './live-platform.ts';
import { livePurchasing } from './live-purchasing.ts';
import { liveSales } from './live-sales.ts';
import { liveWarehouse } from './live-warehouse.ts';
import { aLiveWorld } from './live-world.ts';
import { lawsNotRun, notLive } from './not-live.ts';

/** The laws of every connector, each with a connector of its own on the real server. */
async function lawsOn(access: Access): Promise<void> {
  const world = await aLiveWorld(access);
  const ground = liveGround(world);
  const scenery = {
    ...liveCatalogue(ground),
    ...liveSales(ground),
    ...liveWarehouse(ground),
    ...liveAccounts(ground),
    ...livePurchasing(ground),
  };
  const setup = livePlatforms(world);
  const { login, apiKey, scenes } = access;

  describeConnector('on the Odoo that is given', {
    setup() {
      const { platform, connect } = setup();
      return {
        platform,
        connect: (given?: Given) => keyed(connect(given), scenery, { run: world.run, number: platform.state.number }),
        secrets: [apiKey, scenes.apiKey, `buyer.${world.run}@example.test`, login].filter(
          (secret) => secret.length > 9,
        ),
      };
    },
    scenery,
    exempt: notLive,
    timeoutMs: 300_000,
  });
  describe('laws that are not run', () => {
    const whole = world.connect({ webhookSecrets: ['x'.repeat(32)] });
    it.for(lawsNotRun(whole, scenery))('$id', ({ id, because }, { skip }) => {
      expect(because, `"${id}" is neither run nor listed. Add a scene, or a reason.`).toBeDefined();
      skip(because);
    });
  });
  afterAll(() => world.leave());
}

const access = givenAccess(process.env);
if (access === undefined) leaveOut('every law');
else await lawsOn(access);
