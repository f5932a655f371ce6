import type { Fault } from '../../fake/faults.ts';

/** The page of a gateway in front of the API: HTML where JSON was expected, and no request id. */
export function amazonGatewayFault(status: 502 | 503 | 504): Fault {
  const body = `<html><head><title>${status}</title></head><body><h1>${status} Service Unavailable</h1></body></html>`;
  return { kind: 'answer', status, headers: { 'content-type': 'text/html' }, body };
}
