import type { HttpCall, ReadOptions, Safety } from '@crossdock/core';
import * as z from 'zod';

/** One call of a method, the same for both wires. Parameters have names; `ids` are the records it is called on. */
export interface RpcCall<T> {
  readonly model: string;
  readonly method: string;
  readonly ids?: readonly number[] | undefined;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly context?: Readonly<Record<string, unknown>> | undefined;
  readonly safety: Safety;
  readonly answer: z.ZodType<T>;
  readonly options?: ReadOptions | undefined;
}

/** How a call is put on the wire. */
export type Encode = <T>(call: RpcCall<T>) => Promise<HttpCall<T>>;

/** What both wires say alike. */
export function described<T>(
  call: RpcCall<T>,
): Pick<HttpCall<T>, 'operation' | 'method' | 'safety' | 'lane' | 'signal'> {
  return {
    operation: `${call.model}/${call.method}`,
    method: 'POST',
    safety: call.safety,
    lane: call.options?.lane,
    signal: call.options?.signal,
  };
}

const executed = z.object({ params: z.object({ args: z.array(z.unknown()).min(5) }) });

/** What a call's body says beside who calls what: the parameters, on either wire. */
export function parametersIn(json: unknown): unknown {
  const legacy = executed.safeParse(json);
  return legacy.success ? legacy.data.params.args.slice(5) : json;
}
