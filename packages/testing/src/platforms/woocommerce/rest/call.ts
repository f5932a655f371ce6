import type { Json } from '@crossdock/core';
import type { Work } from '../costs.ts';
import type { Shift } from '../machine.ts';
import type { WooKey } from '../options.ts';
import type { Site } from '../site.ts';
import type { Body } from './body.ts';
import type { Check } from './check.ts';

/** One request as a route sees it. */
export interface Call {
  readonly site: Site;
  /** Path below the namespace, such as `orders/20`. */
  readonly path: string;
  readonly query: Body;
  /** What was sent, of the query and the body, the body before the query. */
  readonly params: Body;
  readonly body: Body;
  /** Numbers and words that stand in the path. */
  readonly at: Readonly<Record<string, string>>;
  /** Whose key it was; nobody where the shop saw none. */
  readonly user: WooKey | undefined;
  /** The time that the request has. */
  readonly shift: Shift;
  /** Whether it is one item of many. */
  readonly isBatched?: boolean;
}

/** What a route answers. */
export interface Answer {
  /** Default 200. */
  readonly status?: number;
  readonly body: Json;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether `_fields` is for each of a list; links are then left out unless they are asked for. */
  readonly isList?: boolean;
}

/** What a user must be allowed to do; `public` is for anybody. */
export type Deed = 'public' | 'view' | 'list' | 'create' | 'edit' | 'delete' | 'batch';

/** One method of a route. */
export interface Endpoint {
  readonly deed: Deed;
  /** What parameters have to be, before anybody asks who sends them. */
  readonly checks?: Readonly<Record<string, Check>>;
  readonly required?: readonly string[];
  readonly answer: (call: Call) => Answer | Promise<Answer>;
}

/** A path and what can be done there; `EDIT` is POST, PUT and PATCH alike. */
export interface Route {
  readonly namespace: string;
  readonly pattern: RegExp;
  /** Whether the shop has this route. Default always. */
  readonly isThere?: (site: Site) => boolean;
  readonly GET?: Endpoint;
  readonly POST?: Endpoint;
  readonly EDIT?: Endpoint;
  readonly DELETE?: Endpoint;
}

/** A route of wc/v3. `:id` in the path is a number, `:word` any word. */
export function route(path: string, endpoints: Omit<Route, 'pattern' | 'namespace'>, namespace = 'wc/v3'): Route {
  const pattern = path.replaceAll(
    /:(\w+)/g,
    (_match, name: string) => `(?<${name}>${name === 'word' ? '[\\w-]+' : '\\d+'})`,
  );
  return { namespace, pattern: new RegExp(`^${pattern}/?$`), ...endpoints };
}

/** Between reading and writing: what happens meanwhile this request has not seen. */
export function pause(call: Call, work: Work): Promise<void> {
  return call.shift.pause(work, call.isBatched);
}

/** A number that stands in the path. */
export function numberAt(call: Call, name: string): number {
  return Number(call.at[name] ?? 0);
}
