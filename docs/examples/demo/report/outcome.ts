import { addMoney, equalMoney, money as toMoney, type ExceptionCategory, type ExceptionRecord } from '@crossdock/core';
import type { Channel } from '../channels.ts';

/** Calls that reached a platform, and what they took of its allowance. */
export type Calls = {
  readonly system: string;
  readonly calls: number;
  readonly refused: number;
  /** What was used of what the platform would have allowed in all that time, in words. */
  readonly quota: string;
};

/** An exception with the document it holds. */
export type Held = { readonly document: string; readonly record: ExceptionRecord };

/** Where everything went, counted in the systems themselves. */
export type Outcome = {
  readonly input: { readonly lines: number; readonly invoices: number };
  readonly orders: {
    readonly captured: number;
    readonly created: number;
    readonly shipped: number;
    readonly confirmed: number;
    readonly cancelled: number;
  };
  /** Orders captured at each channel. */
  readonly channels: Readonly<Record<Channel, number>>;
  /** What buyers wanted and no shelf showed: whole invoices, and units in all. */
  readonly turnedAway: { readonly invoices: number; readonly units: number };
  readonly exceptions: Partial<Record<ExceptionCategory, number>>;
  readonly duplicates: number;
  readonly lost: number;
  /** Units that were sold and nobody had. */
  readonly oversold: number;
  readonly money: { readonly in: string; readonly booked: string; readonly held: string };
  readonly restarts: number;
  readonly seconds: number;
};

/** What a person wants to know besides. */
export type Background = {
  readonly held: readonly Held[];
  readonly missing: readonly string[];
  readonly doubled: readonly string[];
  /** Shelves that do not show what is there. */
  readonly wrongShelves: readonly string[];
  readonly calls: readonly Calls[];
  readonly virtualHours: number;
  readonly weather: Readonly<Record<string, number>>;
};

/** Why the run may not pass, one sentence each; empty when every invoice and every penny is accounted for. */
export function complaints(outcome: Outcome, { missing, doubled, wrongShelves }: Background): readonly string[] {
  const { input, orders, exceptions, money } = outcome;
  const held = Object.values(exceptions).reduce((sum, count) => sum + count, 0);
  const found: string[] = [];
  if (outcome.lost > 0) found.push(`${outcome.lost} documents are nowhere: ${missing.join(', ')}.`);
  if (outcome.duplicates > 0) found.push(`${outcome.duplicates} things were done twice: ${doubled.join(', ')}.`);
  if (outcome.oversold > 0) found.push(`${outcome.oversold} units were sold that nobody had.`);
  if (wrongShelves.length > 0) {
    found.push(`${wrongShelves.length} shelves do not show what is there: ${wrongShelves.slice(0, 5).join('; ')}.`);
  }
  const away = outcome.turnedAway.invoices;
  if (orders.created + orders.cancelled + held + away !== input.invoices) {
    found.push(
      `${input.invoices} invoices came in, but ${orders.created} created + ${orders.cancelled} cancelled + ${held} held + ${away} turned away do not make as many.`,
    );
  }
  const [came, booked, waits] = [money.in, money.booked, money.held].map((amount) => toMoney(amount, 'GBP'));
  if (!came || !booked || !waits || !equalMoney(addMoney(booked, waits), came)) {
    found.push(`${money.in} came in, but ${money.booked} booked + ${money.held} held is not that.`);
  }
  if (orders.created !== orders.shipped || orders.shipped !== orders.confirmed) {
    found.push(`${orders.created} orders were created, ${orders.shipped} shipped and ${orders.confirmed} confirmed.`);
  }
  return found;
}
