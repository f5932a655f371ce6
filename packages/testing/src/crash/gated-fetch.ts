import type { Gate } from './gate.ts';

/** Sends through the gate. `send` does it; `nameOf` says to whom a request goes, and throws where there is nobody. */
export function gatedFetch(
  gate: Gate,
  nameOf: (request: Request) => string,
  send: (request: Request) => Promise<Response>,
): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const label = await labelOf(nameOf(request), request);
    return gate.around('send', label, async () => {
      const { status, statusText, headers, body } = await send(request);
      // The platform is done when the last byte has left it.
      const bytes = body ? await new Response(body).arrayBuffer() : undefined;
      return new Response(bytes?.byteLength ? bytes : null, { status, statusText, headers });
    });
  };
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
