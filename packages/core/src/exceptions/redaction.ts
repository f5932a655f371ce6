import { redact } from '../errors/redact.ts';
import type { Json } from '../model/json.ts';

/** Takes secrets and personal data out of what will be stored. */
export interface Redact {
  (value: string): string;
  (value: Json): Json;
}

/** Redacts what is recognised as private, and these secrets wherever they stand. */
export function redaction(secrets: readonly string[] = []): Redact {
  function clean(value: string): string;
  function clean(value: Json): Json;
  function clean(value: Json): Json {
    return redact(value, secrets);
  }
  return clean;
}
