import type { AmazonOperation } from './operations.ts';

/** A request that passed the gate. */
export interface Call {
  readonly name: AmazonOperation;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly text: string;
  /** Which address was asked: presigned addresses point to the same one. */
  readonly origin: string;
}

/** What answers an operation. */
export type Handler = (call: Call) => Response | Promise<Response>;

/** The body as JSON; what is no JSON is nothing that a schema would take. */
export function jsonOf({ text }: Pick<Call, 'text'>): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
