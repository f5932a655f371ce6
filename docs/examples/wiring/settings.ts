/** What differs between a laptop, a test system and production. Your program reads it from where it keeps secrets. */
export type Settings = {
  readonly shopToken: string;
  readonly shopSecret: string;
  readonly odooUrl: string;
  readonly odooKey: string;
  readonly shipbobToken: string;
  readonly shipbobSecret: string;
  /** The SQLite file that everything is remembered in. */
  readonly file: string;
};
