import * as z from 'zod';

// How Odoo writes values, the same on both wires: recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23.

/** The id of a record. Anything but a positive whole number is refused, because a text as id silently finds nothing. */
export const recordId = z.int().positive();

/** Odoo says `false` for an empty value of any type but boolean. Inside it is `null`. */
export function orNull<T extends z.ZodType>(schema: T) {
  return z.union([z.literal(false).transform(() => null), z.null(), schema]);
}

export const text = z.string();
/** A text that may be empty; Odoo's `false` becomes `null`. */
export const optionalText = orNull(z.string());

/** A reference to one record: its id and the name that Odoo shows for it. */
export const many2one = z
  .tuple([recordId, z.union([z.string(), z.literal(false)])])
  .transform(([id, name]) => ({ id, name: name === false ? '' : name }));
/** A reference that may be empty; Odoo's `false` becomes `null`. */
export const optionalMany2one = orNull(many2one);
/** A reference to one record, parsed. */
export type Many2one = z.infer<typeof many2one>;

/** Always UTC, whatever time zone the user has: `2026-11-23 12:39:37`, in webhooks with microseconds. */
export const utcDatetime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?$/)
  .transform((value) => value.slice(0, 19));
/** A moment that may be missing; Odoo's `false` becomes `null`. */
export const optionalDatetime = orNull(utcDatetime);

/** A day of the calendar, the same in every time zone: `2026-11-23`. */
export const calendarDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** A day that may be missing; Odoo's `false` becomes `null`. */
export const optionalDate = orNull(calendarDate);

/** The ids of several records, as Odoo gives the other side of a relation. */
export const idList = z.array(recordId).readonly();

/** The fields to ask for, and what a record with them looks like. */
export interface Row<T> {
  readonly fields: readonly string[];
  readonly schema: z.ZodType<T>;
}

/** Asks for exactly the fields of a schema, so that the two cannot drift apart. */
export function rowOf<S extends z.ZodRawShape>(object: z.ZodObject<S>): Row<z.output<z.ZodObject<S>>> {
  return { fields: Object.keys(object.shape).filter((name) => name !== 'id'), schema: object };
}

/** `2026-11-23 12:39:37` as the moment it is. */
export function toMoment(datetime: string): string {
  return `${datetime.slice(0, 10)}T${datetime.slice(11, 19)}Z`;
}

/** A moment as Odoo takes it: it refuses `T`, `Z` and offsets. Fractions of a second are cut. */
export function fromMoment(moment: string): string {
  return new Date(moment).toISOString().slice(0, 19).replace('T', ' ');
}

/** A datetime some seconds later or, below zero, earlier. */
export function shifted(datetime: string, seconds: number): string {
  return fromMoment(new Date(Date.parse(toMoment(datetime)) + seconds * 1000).toISOString());
}

/** One change to the records on the other side of a relation. */
export type Command = readonly [
  code: 0 | 1 | 2 | 3 | 4 | 5 | 6,
  id: number,
  values: Readonly<Record<string, unknown>> | readonly number[] | 0,
];

/**
 * The changes that a write can make to the records on the other side of a relation; a field takes a list of them. Recorded
 * on Odoo 17.0, 18.0 and 19.0, 2026-11-23.
 */
export const command = {
  /** Makes a record there. */
  create: (values: Readonly<Record<string, unknown>>): Command => [0, 0, values],
  /** Writes on one that is there. */
  update: (id: number, values: Readonly<Record<string, unknown>>): Command => [1, id, values],
  /** Takes one away and deletes it. */
  delete: (id: number): Command => [2, id, 0],
  /** Takes one away; on a one2many field Odoo deletes it where it cannot stand alone. */
  unlink: (id: number): Command => [3, id, 0],
  /** Adds one that exists. */
  link: (id: number): Command => [4, id, 0],
  /** Takes all away. */
  clear: (): Command => [5, 0, 0],
  /** Makes it exactly these. */
  set: (ids: readonly number[]): Command => [6, 0, ids],
};
