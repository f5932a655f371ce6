import { checkStoreLaw, storeLaws } from '@crossdock/testing/conformance';
import { describe, expect, it } from 'vitest';
import { brokenStores } from './broken-stores.ts';

/** The laws that these stores break. */
async function brokenBy(make: Parameters<typeof checkStoreLaw>[1]): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const law of storeLaws) {
    try {
      await checkStoreLaw(law, make);
    } catch {
      broken.push(law.id);
    }
  }
  return broken;
}

it('has stores that break it for every law', () => {
  expect(Object.keys(brokenStores).toSorted()).toEqual(storeLaws.map(({ id }) => id).toSorted());
});

describe('finds what is broken and nothing else', () => {
  for (const [law, make] of Object.entries(brokenStores)) {
    it(`breaks ${law}`, async () => {
      expect(await brokenBy(make)).toEqual([law]);
    });
  }
});
