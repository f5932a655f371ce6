import type { Json } from '@crossdock/core';
import type { Posting, WebhookFeed } from '../../fake/webhook-feed.ts';
import type { Row } from './orm/database.ts';
import { parseDomain } from './orm/domain.ts';
import { flag, list, num, rowOf, rowsWhere, str, type Env } from './orm/env.ts';
import { get, modelOf } from './orm/get.ts';
import { compile } from './orm/match.ts';
import type { Model } from './orm/model.ts';
import { showDatetime, showMicroseconds } from './orm/moments.ts';
import { plain } from './orm/plain.ts';
import { pythonLiteral } from './orm/python-literal.ts';
import type { Change, Notice } from './change.ts';

/**
 * How often the last state of a record is posted: every value that Odoo works out after a write is a write for it.
 * Three to six were seen for one transaction. Recorded on Odoo 19.0, 2026-11-23.
 */
const lastRepetitions = 3;

/**
 * Sends what automation rules post: after the commit, one for every change of the transaction and with the values that
 * the record had then, without signature, without an id of the event, and never again. Recorded on Odoo 19.0, 2026-11-23.
 */
export function webhookSender(feed: WebhookFeed) {
  let sent = 0;
  return {
    notice: noticesOf,
    onCommit(changes: readonly Change[]): void {
      const notices = changes.flatMap((change) => change.notices);
      const last = new Map(notices.map((notice) => [notice.about, notice]));
      for (const notice of notices) {
        const times = last.get(notice.about) === notice && notice.repeats ? lastRepetitions : 1;
        for (let time = 0; time < times; time++) feed.post(posting(notice, ++sent));
      }
    },
  };
}

/** What the rules make of one change, at the moment of it. */
function noticesOf(env: Env, name: string, id: number, before: Row | undefined): Notice[] {
  if (env.db.rows('base.automation').size === 0) return [];
  const row = env.db.row(name, id);
  if (!row) return [];
  const model = modelOf(env, name);
  return [...env.db.rows('base.automation').values()]
    .filter((rule) => flag(rule, 'active') && str(rowOf(env, 'ir.model', num(rule, 'model_id')), 'model') === name)
    .filter((rule) => fires(env, model, rule, row, before))
    .flatMap((rule) => noticesFrom(env, model, rule, row));
}

function noticesFrom(env: Env, model: Model, rule: Row, row: Row): Notice[] {
  const narrow = list(rule, 'trigger_field_ids').length > 0 || str(rule, 'filter_pre_domain') !== '';
  return rowsWhere(env, 'ir.actions.server', 'base_automation_id', rule.id)
    .filter((action) => str(action, 'state') === 'webhook' && str(action, 'webhook_url') !== '')
    .map((action) => ({
      model: model.name,
      url: str(action, 'webhook_url'),
      body: bodyOf(env, model, action, row),
      about: `${action.id}:${row.id}`,
      repeats: !narrow && str(rule, 'trigger') !== 'on_create',
    }));
}

/** `before` is the record as it was; a record that is new was not. Triggers on anything but a change do nothing here. */
function fires(env: Env, model: Model, rule: Row, row: Row, before: Row | undefined): boolean {
  const trigger = str(rule, 'trigger');
  if (trigger !== 'on_create_or_write' && trigger !== (before ? 'on_write' : 'on_create')) return false;
  const watched = list(rule, 'trigger_field_ids').map((id) => str(rowOf(env, 'ir.model.fields', id), 'name'));
  if (before && watched.length > 0 && watched.every((field) => plain(before[field]) === plain(row[field])))
    return false;
  if (before && !meets(env, model, str(rule, 'filter_pre_domain'), before)) return false;
  return meets(env, model, str(rule, 'filter_domain'), row);
}

function meets(env: Env, model: Model, domain: string, row: Row): boolean {
  return domain === '' || compile(env, model, parseDomain(pythonLiteral(domain)))(row);
}

function bodyOf(env: Env, model: Model, action: Row, row: Row): string {
  const values: [string, string][] = [
    ['_action', JSON.stringify(`${str(action, 'name')}(#${action.id})`)],
    ['_id', String(row.id)],
    ['_model', JSON.stringify(model.name)],
    ['id', String(row.id)],
  ];
  for (const id of list(action, 'webhook_field_ids')) {
    const name = str(rowOf(env, 'ir.model.fields', id), 'name');
    if (name !== 'id') values.push([name, written(model, name, get(env, model, row, name))]);
  }
  // Keys in order, with the spaces that Python puts between them.
  const sorted = values.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([name, value]) => `${JSON.stringify(name)}: ${value}`).join(', ')}}`;
}

function written(model: Model, name: string, value: Json): string {
  const type = model.fields[name]?.type;
  if (type === 'datetime' && typeof value === 'number') {
    // Only the stamps show their fraction.
    const stamp = name === 'write_date' || name === 'create_date';
    return JSON.stringify(stamp ? showMicroseconds(value) : showDatetime(value));
  }
  if ((type === 'float' || type === 'monetary') && Number.isInteger(value)) return `${plain(value)}.0`;
  if (Array.isArray(value)) return `[${value.map((item: Json) => JSON.stringify(item)).join(', ')}]`;
  return JSON.stringify(value ?? false);
}

function posting({ model, url, body }: Notice, number: number): Posting {
  return {
    id: String(number),
    topic: model,
    body,
    url,
    headers: () => Promise.resolve({ 'user-agent': 'python-requests/2.28.1' }),
  };
}
