import { described, type Encode } from './rpc.ts';

/** JSON-2, from Odoo 19: one address a method, parameters by name, real statuses. Recorded on Odoo 19.0, 2026-11-23. */
export function json2(database: string, apiKey: string): Encode {
  const headers = { authorization: `bearer ${apiKey}`, 'x-odoo-database': database };
  return (call) =>
    Promise.resolve({
      ...described(call),
      path: `json/2/${call.model}/${call.method}`,
      headers,
      json: {
        ...(call.ids === undefined ? {} : { ids: call.ids }),
        ...call.params,
        ...(call.context === undefined ? {} : { context: call.context }),
      },
      answer: call.answer,
    });
}
