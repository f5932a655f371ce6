import type { Db } from 'pg-boss';

/** One statement, and the name under which every connection prepares it once. */
export interface Statement<R = unknown> {
  readonly name: string;
  readonly text: string;
  /** The row that it gives; there for the compiler alone. */
  readonly row?: R;
}
/** A statement with what belongs in its place. */
export type Bound = readonly [statement: Statement, values: readonly unknown[]];

/** How a store reaches the database: from outside, or inside one unit of work. */
export interface Access {
  /** Whether this is a unit of work, where a read that a write may follow has to keep others away. */
  readonly inUnit: boolean;
  /** One statement; outside it is a transaction of its own. Statements asked for at once make one round trip in a unit. */
  query<R>(statement: Statement<R>, values: readonly unknown[]): Promise<readonly R[]>;
  /** Several statements in one round trip that land together, each seeing those before it: what each gave, in order. */
  batch(...statements: readonly Bound[]): Promise<readonly (readonly unknown[])[]>;
  /**
   * Several statements that land together where one needs what another gave: a transaction of its own outside, which may
   * run again from its beginning, and part of the unit inside.
   */
  together<T>(work: (inside: Access) => Promise<T>): Promise<T>;
  /** The same connection as pg-boss takes it. Texts pass as they are: U+0000 is refused by the server. */
  readonly db: Db;
}
