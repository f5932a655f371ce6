import { afterAll, beforeAll, describe, it } from 'vitest';
import { givenAccess, notTried } from './access.ts';
import { aLiveWorld, type LiveWorld } from './live-world.ts';

/** Tests on the Odoo that the environment names, with records of their own. Where it names none, says so and tries nothing. */
export function describeLive(what: string, tests: (world: () => LiveWorld) => void): void {
  const access = givenAccess(process.env);
  if (access === undefined) {
    it.skip(`${what}: ${notTried}`);
    return;
  }
  describe(`${what} on the Odoo that is given`, () => {
    let world: LiveWorld | undefined;
    beforeAll(async () => {
      world = await aLiveWorld(access);
    });
    afterAll(() => world?.leave());
    tests(() => {
      if (world === undefined) throw new Error('The live test was begun before its records were made.');
      return world;
    });
  });
}
