import {
  CommerceError,
  createHttpClient,
  type HttpCall,
  type ReadOptions,
  type Runtime,
  type Usage,
} from '@crossdock/core';
import { explainOdoo } from './errors.ts';
import { json2 } from './json2.ts';
import { jsonRpc } from './json-rpc.ts';
import type { OdooSettings } from './options.ts';
import type { Encode, RpcCall } from './rpc.ts';
import { askedOnce, sharedAnswer } from './shared-answer.ts';
import { detectVersion, type OdooVersion } from './version.ts';

/** What carries calls to one Odoo and brings their answers. */
export interface Sender {
  readonly send: <T>(call: RpcCall<T>) => Promise<T>;
  /** The release, asked for once. */
  readonly version: (options?: ReadOptions) => Promise<OdooVersion>;
  readonly usage: () => readonly Usage[];
}

/** The longest wait for a read, which Odoo does not repeat behind our back. */
const readTimeoutMs = 60_000;
const name = /^[a-z][\w.]*$/;

/** Sends to one Odoo. Which wire it speaks is decided by the release, at the first call. */
export function odooSender(settings: OdooSettings, runtime: Runtime): Sender {
  const { name: system } = settings;
  let wasThere = false;
  const http = createHttpClient({
    system,
    baseUrl: settings.url,
    explain: explainOdoo(system, settings, () => wasThere),
    timeoutMs: settings.timeoutMs,
    simultaneousCalls: settings.simultaneousCalls,
    fetch: runtime.fetch,
    clock: runtime.clock,
    random: runtime.random,
    shared: runtime.shared,
  });
  const version = askedOnce(async (): Promise<OdooVersion> =>
    settings.version === 'detect' ? detectVersion(system, http.send) : Number(settings.version),
  );
  const wire = askedOnce(chooseWire);

  async function chooseWire(): Promise<Encode> {
    const { database, apiKey, login } = settings;
    if ((await version()) >= 19) return json2(database, apiKey);
    if (login !== undefined) return jsonRpc({ system, database, login, apiKey }, http.send);
    throw new CommerceError({
      code: 'options.invalid',
      message: `odoo({ login }) is missing: the server is older than 19 and wants the login beside the key. Pass the login of the key's user.`,
      system,
    });
  }

  async function encoded<T>(call: RpcCall<T>): Promise<HttpCall<T>> {
    const encode = await wire();
    return encode(call);
  }

  return {
    usage: http.usage,
    version: (options) => sharedAnswer(system, 'web/version_info', version, options),
    async send(call) {
      checkCall(system, call);
      const operation = `${call.model}/${call.method}`;
      // Which release it is and who we are is asked once for all callers.
      const ready = await sharedAnswer(system, operation, () => encoded(call), call.options);
      const timeoutMs = call.safety === 'read' ? readTimeoutMs : settings.timeoutMs;
      const { data } = await http.send({ ...ready, timeoutMs });
      wasThere = true;
      return data;
    },
  };
}

/** Names go into the address and ids into the body: neither may come from a stranger unseen. */
function checkCall(system: string, call: RpcCall<unknown>): void {
  const badId = call.ids?.find((id) => !Number.isSafeInteger(id) || id <= 0);
  if (name.test(call.model) && name.test(call.method) && badId === undefined) return;
  throw new CommerceError({
    code: 'request.rejected',
    message: `"${system}" was not asked: ${badId === undefined ? 'the names of model and method are letters, digits, "_" and "."' : `"${badId}" is no record id`}. Correct the call.`,
    system,
  });
}
