import type { Gate } from './gate.ts';

/** Where a request may go. */
export type Receiver = { readonly system: string; send(request: Request): Promise<Response> };

/**
 * Sends through the gate. `onStranger` is told of requests that go to nobody in this world: the program would take them for
 * an outage and wait.
 */
export function gatedFetch(
  gate: Gate,
  receivers: ReadonlyMap<string, Receiver>,
  onStranger: (error: Error) => void,
): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { origin } = new URL(request.url);
    const to = receivers.get(origin);
    if (!to) {
      const error = stranger(origin, receivers);
      onStranger(error);
      throw error;
    }
    const label = await labelOf(to.system, request);
    return gate.around('send', label, async () => {
      const { status, statusText, headers, body } = await to.send(request);
      // The platform is done when the last byte has left it.
      const bytes = body ? await new Response(body).arrayBuffer() : undefined;
      return new Response(bytes?.byteLength ? bytes : null, { status, statusText, headers });
    });
  };
}

function stranger(origin: string, receivers: ReadonlyMap<string, Receiver>): Error {
  const known = [...receivers.keys()].map((one) => `"${one}"`).join(', ');
  return new Error(
    `A request went to "${origin}", where no platform of this world is; they are at ${known}. Give the program the origins of the platforms, or the platform that one among its "otherOrigins".`,
  );
}

/** "POST odoo /json/2/sale.order/create", and for GraphQL the name of what is asked. Nothing that changes between runs. */
async function labelOf(system: string, request: Request): Promise<string> {
  const { pathname } = new URL(request.url);
  const asked = pathname.includes('graphql') ? graphqlName(await request.clone().text()) : undefined;
  return withoutChance(`${request.method} ${system} ${asked ?? pathname}`);
}

function graphqlName(body: string): string | undefined {
  const [, kind, name] = /"(?:\s|\\n)*(query|mutation)(?:\s|\\n)+(\w+)/.exec(body) ?? [];
  return kind && name ? `${kind} ${name}` : undefined;
}

/** A label without ids that are drawn anew in every run. */
export function withoutChance(label: string): string {
  return label.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '<uuid>');
}
