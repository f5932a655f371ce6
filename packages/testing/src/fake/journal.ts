/** One call that reached the fake. `operation` is the fake's name for what was asked. */
export interface Exchange {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestBody: string;
  /** 0 when the connection died before an answer. */
  readonly status: number;
  readonly at: number;
}

/** Every call that a fake was sent, oldest first. */
export interface Journal {
  readonly all: readonly Exchange[];
  of(operation: string): readonly Exchange[];
  record(exchange: Exchange): void;
  clear(): void;
}

/** Makes the record of what reached one fake, oldest first. */
export function journal(): Journal {
  const all: Exchange[] = [];
  return {
    all,
    of: (operation) => all.filter((exchange) => exchange.operation === operation),
    record: (exchange) => void all.push(exchange),
    clear: () => void all.splice(0),
  };
}
