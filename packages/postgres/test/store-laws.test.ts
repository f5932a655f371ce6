import { checkStoreLaw, storeLaws } from '@crossdock/testing/conformance';
import { describe, it } from 'vitest';
import { freshStores } from './fresh-stores.ts';

describe('postgresStores', () => {
  for (const law of storeLaws) {
    it(law.id, () => checkStoreLaw(law, (clock) => freshStores({ clock })));
  }
});
