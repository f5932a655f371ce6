import type { Json } from '@crossdock/core';
import { isVals } from '../orm/env.ts';
import { PythonError } from '../orm/python-error.ts';
import { rpcFailure, serverError } from './answers.ts';

/**
 * What a server says that has no database connection left for a call: a page, and the same in the words of JSON-RPC where
 * the call itself names one of several databases. Nothing of the call is done. Both recorded on Odoo 19.0, 2026-11-26,
 * with more than the 64 connections of a threaded server.
 */
export function poolIsFull(body: string, databases: number): Response {
  const envelope = envelopeOf(body);
  if (envelope['jsonrpc'] === undefined || databases < 2) return serverError();
  return rpcFailure(envelope['id'], new PythonError('psycopg2.pool.PoolError', 'The Connection Pool Is Full'));
}

function envelopeOf(body: string): { readonly [key: string]: Json } {
  try {
    const read = JSON.parse(body) as Json; // JSON.parse gives JSON.
    return isVals(read) ? read : {};
  } catch {
    return {};
  }
}
