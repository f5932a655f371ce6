/** Counts the calls of this process that wait for an answer. */
export function countOpenCalls(): { readonly open: number } {
  const calls = { open: 0 };
  const send = globalThis.fetch;
  globalThis.fetch = async (...request) => {
    calls.open++;
    try {
      const response = await send(...request);
      // Small answers: by the time that the body is here the call is over.
      const body = await response.arrayBuffer();
      const { status, statusText, headers } = response;
      return new Response(body.byteLength === 0 ? null : body, { status, statusText, headers });
    } finally {
      calls.open--;
    }
  };
  return calls;
}
