import { odoo } from '../../src/index.ts';
import { givenAccess, notTried } from './access.ts';

/** Runs once, before the first live test: wrong variables end the run with the connector's own error, before anything is made. */
export default async function setup(): Promise<void> {
  const access = givenAccess(process.env);
  if (access === undefined) {
    console.info(`The live tests of @crossdock/odoo are skipped, all of them: ${notTried}.`);
    return;
  }
  const { scenes, ...connector } = access;
  for (const login of [connector, scenes]) {
    const answer = await odoo(login).check();
    if (answer.ok) continue;
    const { code, message } = answer.error;
    throw new Error(`No live test was begun. ${code}: ${message}`, { cause: answer.error });
  }
}
