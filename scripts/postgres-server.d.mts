export type PostgresServer = {
  readonly url: string;
  /** Of the server; not known of one that DATABASE_URL names. */
  readonly version: number | undefined;
  readonly folder: string | undefined;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
};

export function startPostgres(options?: {
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
}): Promise<PostgresServer>;
