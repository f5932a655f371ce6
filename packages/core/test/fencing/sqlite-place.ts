import { sqliteStores } from '@crossdock/core/sqlite';

/** Opens the stores of a file. */
export const openPlace = (file: string) => sqliteStores({ file });
