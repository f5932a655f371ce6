import type { Fault } from '../../fake/faults.ts';

/** A page of the proxy in front of a server that restarts: HTML where JSON was expected. */
export function proxyFault(status: 502 | 503 | 504): Fault {
  const title = { 502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Time-out' }[status];
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': 'text/html' },
    body: `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body>\r\n<center><h1>${status} ${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
  };
}

/** The change is committed and the connection dies before the answer: what a client's own time limit looks like. */
export const committedThenDropped: Fault = { kind: 'drop', when: 'after' };
