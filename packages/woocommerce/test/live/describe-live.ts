import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { givenAccess, notTried, type Access } from './access.ts';
import { aLiveShop, type LiveShop } from './live-shop.ts';

/** Tests on the shop that the environment names, with records of their own. Where it names none, says so and tries nothing. */
export function describeLive(what: string, tests: (shop: () => LiveShop) => void): void {
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

function tryOn(access: Access, what: string, tests: (shop: () => LiveShop) => void): void {
  describe(`${what} in the shop that is given`, () => {
    let shop: LiveShop | undefined;
    beforeAll(async () => {
      shop = await aLiveShop(access);
    });
    afterAll(() => shop?.leave());
    tests(() => {
      if (shop === undefined) throw new Error('The live test was begun before its records were made.');
      return shop;
    });
  });
}
