import type { Json } from '@crossdock/core';
import type { Posting, WebhookFeed } from '../../fake/webhook-feed.ts';
import type { Env } from './orm/env.ts';
import { get, modelOf } from './orm/get.ts';
import { showDatetime, showMicroseconds } from './orm/moments.ts';
import type { Change } from './server.ts';
import type { FakeWebhook } from './state.ts';

/** At most as many posts of one record in one transaction as were seen. Recorded on Odoo 19.0, 2026-11-23. */
const mostRepetitions = 6;

/**
 * Sends what automation rules send: after the commit, once for every write of the transaction, all with the same
 * content, without signature, without an id of the event, and never again. Recorded on Odoo 19.0, 2026-11-23.
 */
export function webhookSender(feed: WebhookFeed) {
  const hooks: (FakeWebhook & { readonly id: number })[] = [];
  let sent = 0;
  return {
    add(webhook: FakeWebhook): void {
      hooks.push({ ...webhook, id: 481 + hooks.length });
    },
    onCommit(changes: readonly Change[], env: Env): void {
      for (const hook of hooks) {
        const counts = new Map<number, number>();
        for (const { model, id } of changes) if (model === hook.model) counts.set(id, (counts.get(id) ?? 0) + 1);
        for (const [id, times] of counts) {
          const body = bodyOf(env, hook, id);
          if (body === undefined) continue;
          for (let time = 0; time < Math.min(times, mostRepetitions); time++) feed.post(posting(hook, body, ++sent));
        }
      }
    },
  };
}

function bodyOf(env: Env, hook: FakeWebhook & { readonly id: number }, id: number): string | undefined {
  const row = env.db.row(hook.model, id);
  if (!row || (hook.state !== undefined && row['state'] !== hook.state)) return undefined;
  const model = modelOf(env, hook.model);
  const values: { [field: string]: Json } = {};
  for (const name of hook.fields) {
    const value = get(env, model, row, name);
    const moment = model.fields[name]?.type === 'datetime' && typeof value === 'number';
    // Only the stamps show their fraction.
    values[name] = !moment
      ? value
      : name === 'write_date' || name === 'create_date'
        ? showMicroseconds(value)
        : showDatetime(value);
  }
  return JSON.stringify({ _action: `${hook.name}(#${hook.id})`, _id: id, _model: hook.model, ...values, id });
}

function posting({ model, url }: FakeWebhook, body: string, number: number): Posting {
  return {
    id: String(number),
    topic: model,
    body,
    url,
    headers: () => Promise.resolve({ 'user-agent': 'python-requests/2.28.1' }),
  };
}
