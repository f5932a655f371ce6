import type { CommerceError } from '@crossdock/core';

/** Errors that the next order would meet as well. A conflict with another importer is none, nor is what this order is to blame for. */
export function isStandstill({ code, kind }: CommerceError): boolean {
  if (code === 'platform.conflict' || code === 'request.rejected' || code === 'response.unexpected') return false;
  return kind === 'technical' || code === 'auth.rejected' || code === 'auth.expired' || code === 'access.denied';
}

/** Whether something was refused for what one order brings into it. */
export function isOfOne({ code, kind }: CommerceError): boolean {
  return kind === 'business' || code === 'request.rejected';
}
