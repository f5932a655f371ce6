import type { Fault } from '../../fake/faults.ts';
import { proxyHtml } from './http/answers.ts';

/** A page of the proxy in front of a server that restarts: HTML where JSON was expected. */
export function proxyFault(status: 502 | 503 | 504): Fault {
  return { kind: 'answer', status, headers: { 'content-type': 'text/html' }, body: proxyHtml(status) };
}

/** The change is committed and the connection dies before the answer: what a client's own time limit looks like. */
export const committedThenDropped: Fault = { kind: 'drop', when: 'after' };
