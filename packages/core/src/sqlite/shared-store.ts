import type { Clock } from '../ports/clock.ts';
import type { SharedStore } from '../ports/stores.ts';
import { fromJsonText, toJsonText } from '../rules/json-text.ts';
import type { Access } from './access.ts';
import type { Query } from './connection.ts';

const select: Query<{ state: string }> = { text: 'select state from shared where name = ?' };
const upsert: Query = {
  text: 'insert into shared (name, state) values (?, ?) on conflict (name) do update set state = excluded.state',
};

export function sqliteShared({ write }: Pick<Access, 'write'>, clock: Pick<Clock, 'now'>): SharedStore {
  return {
    update: (name, change) =>
      write((sql) => {
        const { next, result } = change(fromJsonText(sql(select).get(name)?.state ?? undefined), clock.now());
        const text = toJsonText(next);
        if (text !== undefined) sql(upsert).run(name, text);
        return result;
      }),
  };
}
