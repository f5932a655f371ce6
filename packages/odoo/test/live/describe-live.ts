import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { givenAccess, notTried, type Access } from './access.ts';
import { aLiveWorld, type LiveWorld } from './live-world.ts';

/** Tests on the Odoo that the environment names, with records of their own. Where it names none, says so and tries nothing. */
export function describeLive(what: string, tests: (world: () => LiveWorld) => void): void {
  const access = givenAccess(process.env);
  const declare = access === undefined ? leaveOut : (name: string) => tryOn(access, name, tests);
  declare(what);
}

/** A test that is skipped, and says why. */
export function leaveOut(what: string): void {
  it(`${what} is not tried: ${notTried}`, ({ skip }) => {
    expect(givenAccess(process.env)).toBeUndefined();
    skip(notTried);
  });
}

function tryOn(access: Access, what: string, tests: (world: () => LiveWorld) => void): void {
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
