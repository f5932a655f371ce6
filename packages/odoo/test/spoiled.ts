import * as z from 'zod';

const records = z.array(z.looseObject({ id: z.number() }));
const answerSchema = z.union([records, z.looseObject({ result: records })]);
const callSchema = z.object({ params: z.object({ args: z.array(z.unknown()) }) });

/** A record that looks otherwise than Odoo keeps it, as after somebody's module changed its model. */
export interface Spoiled {
  readonly model: string;
  readonly id: number;
  readonly change: Readonly<Record<string, unknown>>;
}

/** What is sent through it, and the answers with the records as they are spoiled. */
export function spoiling(fetch: typeof globalThis.fetch, spoiled: readonly Spoiled[]): typeof globalThis.fetch {
  return async (input, init) => {
    if (spoiled.length === 0) return fetch(input, init);
    const request = new Request(input, init);
    const asked = await request.clone().text();
    const answer = await fetch(request);
    const call = callSchema.safeParse(asked === '' ? {} : JSON.parse(asked));
    const isAbout = (model: string) =>
      request.url.includes(`/${model}/`) || (call.success && call.data.params.args.includes(model));
    const meant = spoiled.filter(({ model }) => isAbout(model));
    const text = await answer.clone().text();
    if (meant.length === 0 || !/^[[{]/.test(text)) return answer;
    const parsed = answerSchema.safeParse(JSON.parse(text));
    if (!parsed.success) return answer;
    const { data } = parsed;
    const body = Array.isArray(data) ? spoil(data, meant) : { ...data, result: spoil(data.result, meant) };
    return new Response(JSON.stringify(body), { status: answer.status, headers: answer.headers });
  };
}

function spoil(rows: z.infer<typeof records>, spoiled: readonly Spoiled[]) {
  return rows.map((row) => spoiled.reduce((now, { id, change }) => (row.id === id ? { ...now, ...change } : now), row));
}
