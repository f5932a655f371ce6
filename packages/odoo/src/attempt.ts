import { CommerceError, isCommerceError, type Ref, type WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import type { Context } from './client.ts';
import type { Connection } from './connection.ts';

/** A method of Odoo's that moves a record on. Called a second time it changes nothing more. */
export interface Step {
  readonly model: string;
  readonly method: string;
  readonly ids: readonly number[];
  readonly context?: Context | undefined;
}

/**
 * Takes a step and gives its refusal, if there is one, instead of throwing it: whatever was answered, a refusal, a
 * dialogue or nothing at all, only the record's state says what happened, and the caller reads it next.
 */
export async function attempt(
  { client }: Connection,
  { model, method, ids, context }: Step,
  options: WriteOptions,
): Promise<CommerceError | undefined> {
  try {
    const call = { ids, answer: z.unknown(), safety: 'repeatable' as const };
    await client.call(model, method, call, { ...options, ...(context === undefined ? {} : { context }) });
    return undefined;
  } catch (error) {
    if (isCommerceError(error, 'record.rejected') || isCommerceError(error, 'write.uncertain')) return error;
    throw error;
  }
}

/**
 * What Odoo refused, told of the record that was meant: its own sentence names none. `advice` says what to do where we
 * know more than Odoo's words do.
 */
export function refusalOf(
  { settings }: Connection,
  error: CommerceError,
  about: { readonly what: string; readonly operation: string; readonly advice: string; readonly refs: readonly Ref[] },
): CommerceError {
  return new CommerceError({
    code: error.code,
    message: `${about.what} in "${settings.name}". ${error.message} ${about.advice}`,
    system: settings.name,
    operation: about.operation,
    refs: about.refs,
    details: error.details,
    cause: error,
  });
}

/** Runs work whose refusals are to name the record that was meant. */
export async function toldOf<T>(
  connection: Connection,
  about: Parameters<typeof refusalOf>[2],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const named = isCommerceError(error, 'record.rejected') || isCommerceError(error, 'access.denied');
    // Its own words name the record already where they are ours.
    if (!named || error.refs.length > 0) throw error;
    throw refusalOf(connection, error, about);
  }
}
