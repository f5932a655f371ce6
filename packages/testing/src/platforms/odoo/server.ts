import type { Bench } from '../../fake/platform.ts';
import { database, type Database } from './orm/database.ts';
import { flush, idsOf, link, list, num, str, type Env, type User, type Vals } from './orm/env.ts';
import type { Registry } from './orm/model.ts';
import { registryOf } from './models/registry.ts';
import { sweepEmptyQuants } from './models/stock/quant-work.ts';
import type { Row } from './orm/database.ts';
import type { Change, Notice } from './change.ts';
import { majorOf, namesOf, type OdooModule, type OdooVersion } from './versions.ts';

export interface Account {
  readonly userId: number;
  readonly login: string;
  readonly apiKey: string;
  readonly groups: ReadonlySet<string>;
  expired: boolean;
}

/** The server behind both transports: its data, its users, its transactions. */
export interface Server {
  readonly version: OdooVersion;
  readonly db: Database;
  readonly registry: Registry;
  readonly accounts: Account[];
  /** Runs something as one transaction: all of it, or nothing. */
  transact<T>(options: TransactOptions, work: (env: Env) => T): T;
  /** What automation rules have to say of a change, at the moment of it. */
  notice: (env: Env, model: string, id: number, before: Row | undefined) => readonly Notice[];
  /** What is told of every committed change. */
  onCommit: (changes: readonly Change[]) => void;
}

interface TransactOptions {
  readonly account: Account;
  readonly context?: Vals;
  /** A snapshot from before other transactions committed; default now. */
  readonly snapshot?: number;
  /** When it began, in microseconds; default now. */
  readonly startedAt?: number;
}

/** How long a quant may stand at zero before the server's own clean-up takes it. A choice of this fake within "some time". */
const emptyQuantLifeMs = 60_000;

export function server(bench: Bench, version: OdooVersion, modules: ReadonlySet<OdooModule>): Server {
  const db = database();
  const registry = registryOf(version, db, modules);
  const touched = new Map<string, number>();
  const remembered = new Map<string, string>();
  let latest = 0;
  let sweptAt = bench.clock.now();

  /** Now with a fraction nobody sees, and never the same twice. */
  function moment(): number {
    latest = Math.max(bench.clock.now() * 1000 + 1 + Math.floor(bench.random() * 998), latest + 1);
    return latest;
  }

  const self: Server = {
    version,
    db,
    registry,
    accounts: [],
    notice: () => [],
    onCommit: () => undefined,
    transact({ account, context = {}, snapshot = db.commits, startedAt = moment() }, work) {
      const changes: Change[] = [];
      const env: Env = {
        db,
        registry,
        version,
        major: majorOf(version),
        names: namesOf(version),
        modules,
        user: userOf(account),
        context,
        ...companiesOf(account, context),
        startedAt,
        snapshot,
        touched,
        remembered,
        work: new Map(),
        changed: (model, id, before) => void changes.push({ model, id, notices: self.notice(env, model, id, before) }),
      };
      db.begin();
      try {
        if (bench.clock.now() - sweptAt >= emptyQuantLifeMs) {
          sweepEmptyQuants(env);
          sweptAt = bench.clock.now();
        }
        const result = work(env);
        flush(env);
        db.commit();
        if (changes.length > 0) self.onCommit(changes);
        return result;
      } catch (error) {
        db.rollback();
        throw error;
      }
    },
  };

  /** Those that the context names, the first of them the one that acts; else all of the user's, and the user's own acts. */
  function companiesOf({ userId }: Account, context: Vals): Pick<Env, 'company' | 'companies'> {
    const row = db.row('res.users', userId) ?? { id: userId };
    const own = link(row, 'company_id') ?? 1;
    const named = idsOf(context['allowed_company_ids']);
    const [company = own] = named;
    return {
      company,
      companies: named.length > 0 ? named : [own, ...list(row, 'company_ids').filter((id) => id !== own)],
    };
  }

  function userOf({ userId, login, groups }: Account): User {
    const row = db.row('res.users', userId);
    const partner = row && db.row('res.partner', num(row, 'partner_id'));
    return { id: userId, name: partner ? str(partner, 'name') : login, login, groups };
  }

  return self;
}
