/** One change that a committed transaction made. */
export interface Change {
  readonly model: string;
  readonly id: number;
  /** What automation rules make of it. */
  readonly notices: readonly Notice[];
}

/** What a rule will post when the transaction is committed. */
export interface Notice {
  readonly model: string;
  readonly url: string;
  readonly body: string;
  /** The rule and the record, to know the last of them. */
  readonly about: string;
  /** Whether writes that change nothing for the rule make it post again. */
  readonly repeats: boolean;
}
