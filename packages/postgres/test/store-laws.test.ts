import { describeStores } from '@crossdock/testing/conformance';
import { freshStores } from './fresh-stores.ts';

describeStores('postgresStores', (clock) => freshStores({ clock }));
