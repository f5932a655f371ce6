import { woocommerce } from '../../src/index.ts';
import { givenAccess, notTried, optionsOf, permission } from './access.ts';
import { shopHand } from './shop-hand.ts';

/**
 * Runs once, before the first live test: wrong variables end the run with the connector's own error, and so does a shop
 * that somebody sells in, before anything is made.
 */
export default async function setup(): Promise<void> {
  const access = givenAccess(process.env);
  if (access === undefined) {
    console.info(`The live tests of @crossdock/woocommerce are skipped, all of them: ${notTried}.`);
    return;
  }
  const answer = await woocommerce(optionsOf(access)).check();
  if (!answer.ok) {
    const { code, message } = answer.error;
    throw new Error(`No live test was begun. ${code}: ${message}`, { cause: answer.error });
  }
  if (access.mayWrite) return;
  const orders = await shopHand(access).count('/orders?status=any');
  if (orders === 0) return;
  throw new Error(
    `No live test was begun: the shop has ${orders} orders, and the tests write into it. Give a shop that nobody sells in, or set ${permission}=yes.`,
  );
}
