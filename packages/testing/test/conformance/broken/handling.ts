import {
  isCommerceError,
  type CaptureDraft,
  type FulfillmentAnswer,
  type FulfillmentHold,
  type OrderChange,
  type Ref,
  type Subscription,
  type SubscriptionPlan,
  type TrackingReport,
} from '@crossdock/core';
import type { ToyConnector } from '../toy/connector.ts';
import type { Toys } from '../toy/scenes.ts';
import type { Toy } from '../toy/state.ts';
import { givingUp, neverAmongOthers, onlyOnce } from './cancels.ts';
import { errorOf, withChange, withPort, type Break, type Breaks, type Broken, type Change } from './flaw.ts';
import { anotherKey, keyless, oneKey } from './writes.ts';

type Given = readonly unknown[];
type Call = (...given: Given) => Promise<unknown>;

/** The connector with one change replaced by something that knows the platform and the record. */
function changing(operation: Change, change: (call: Call, platform: Toys) => Call): Broken {
  return (sound, platform) => withChange<unknown>(sound, operation, (call) => change(call, platform));
}

/** The connector that takes one refusal for a success. */
function obliging(operation: Change, code: 'record.rejected' | 'record.missing'): Broken {
  return changing(operation, (call) => async (...given) => {
    try {
      return await call(...given);
    } catch (error) {
      if (!isCommerceError(error, code)) throw error;
      return refOf(given);
    }
  });
}

/** The connector that believes that all went well, whatever was heard. */
const believing = (operation: Change): Broken =>
  changing(operation, (call) => async (...given) => {
    try {
      return await call(...given);
    } catch {
      return operation === 'webhooks.subscribe' ? [] : refOf(given);
    }
  });

/** The connector that is given something else than was said. */
function told<T>(operation: Change, place: 0 | 1, other: (said: T, platform: Toys) => T): Broken {
  return changing(operation, (call, platform) => (...all) => {
    // The operation has this type at this place.
    const said = all[place] as T;
    return call(...all.toSpliced(place, 1, other(said, platform)));
  });
}

/** The connector after whose change something happens to the record; `before` is what was on its lists. */
function followedBy(
  operation: Change,
  happens: (record: Toy, before: Readonly<Toy['lists']>, given: Given) => void,
): Broken {
  return changing(operation, (call, { state }) => async (...all) => {
    const record = state.tables[`${refOf(all).kind}s`]?.get(refOf(all).id);
    const before = { ...record?.lists };
    const answer = await call(...all);
    if (record) happens(record, before, all);
    return answer;
  });
}

/** The record that a change is about: its first argument, or what that is for. */
function refOf([first]: Given): Ref {
  const subject = first as Ref | CaptureDraft;
  return 'order' in subject ? subject.order : subject;
}

/** Changes once more to see it through, and ends as that does. */
function denying(operation: Change): Break {
  return {
    says: /says that nothing was written, and there is/,
    connector: changing(operation, (call) => async (...all) => {
      await call(...all);
      return call(...all);
    }),
  };
}

/** Breaks of a write that changes nothing when it comes again. */
function changingBreaks(operation: Change): Breaks {
  return {
    [`${operation}/same-key-changes-once`]: {
      says: /called again with its key, threw "platform.conflict"/,
      connector: changing(operation, (call) => onlyOnce(call)),
    },
    [`${operation}/parallel-same-key-changes-once`]: {
      says: /failed for all of the 8/,
      connector: (sound: ToyConnector) => withChange<unknown>(sound, operation, neverAmongOthers()),
    },
    [`${operation}/lost-answer-changes-once`]: givingUp(operation),
    [`${operation}/what-was-changed-is-not-denied`]: denying(operation),
    [`${operation}/deaf-platform-changes-at-most-once`]: {
      says: /claims to know how it ended/,
      connector: believing(operation),
    },
  };
}

/** Breaks of one that changes something each time. */
function repeatingBreaks(operation: Change): Breaks {
  return {
    [`${operation}/same-key-changes-once`]: { says: /2 holds|1\.00 and 1\.00 taken/, line: keyless },
    [`${operation}/parallel-same-key-changes-once`]: { says: /8 holds|1\.00 and 1\.00/, line: keyless },
    [`${operation}/lost-answer-changes-once`]: { says: /2 holds|1\.00 and 1\.00 taken/, line: anotherKey },
    [`${operation}/what-was-changed-is-not-denied`]: denying(operation),
    [`${operation}/deaf-platform-changes-at-most-once`]: { says: /5 holds|1\.00 and 1\.00/, line: anotherKey },
  };
}

function missingBreak(operation: Change): Break {
  return { says: /not there, ended well/, connector: obliging(operation, 'record.missing') };
}

/** Takes every capture of a sum that was taken for the one that it is asked for. */
const takingForDone = changing('payments.capture', (call, { state }) => async (...all) => {
  const { order, amount } = all[0] as CaptureDraft;
  const pence = String(Number(amount.amount) * 100);
  const isTaken = state.tables['orders']?.get(order.id)?.lists['taken']?.includes(pence);
  return isTaken ? refOf(all) : call(...all);
});

export const handlingBreaks: Breaks = {
  ...changingBreaks('orders.update'),
  'orders.update/an-unknown-order-is-refused': missingBreak('orders.update'),
  'orders.update/what-is-left-out-stays': {
    says: /the note "" .* after orders\.update of addTags/,
    connector: told<OrderChange>('orders.update', 1, (change) => ({ note: '', ...change })),
  },
  'orders.update/only-named-tags-are-removed': {
    says: /the tags {2}after/,
    connector: followedBy('orders.update', (order, { tags = [] }, [, change]) => {
      const { removeTags = [] } = change as OrderChange;
      order.lists['tags'] = tags.filter((tag) => !removeTags.some((removed) => tag.startsWith(removed)));
    }),
  },
  'orders.update/an-empty-note-takes-it-away': {
    says: /There is the note "Ring twice\."/,
    connector: told<OrderChange>('orders.update', 1, ({ note, ...change }) => (note ? { note, ...change } : change)),
  },
  'orders.update/what-is-so-already-is-not-written': {
    says: /was written by orders\.update of what is so already/,
    connector: followedBy('orders.update', ({ counts }) => (counts['writes'] = (counts['writes'] ?? 0) + 1)),
  },
  'orders.update/a-tag-put-on-meanwhile-stays': {
    says: /The tag "fragile", put on by somebody, is gone/,
    // Writes the whole list, of the tags that it once saw.
    connector: followedBy('orders.update', (order, { tags = [] }, [, change]) => {
      const { addTags = [], removeTags = [] } = change as OrderChange;
      order.lists['tags'] = [...new Set([...tags, ...addTags])].filter((tag) => !removeTags.includes(tag));
    }),
  },
  ...repeatingBreaks('fulfillments.hold'),
  'fulfillments.hold/an-unknown-fulfillment-is-refused': missingBreak('fulfillments.hold'),
  'fulfillments.hold/every-reason-holds': {
    says: /because of "delivery-date", without a note, threw "record\.invalid"/,
    connector: told<FulfillmentHold>('fulfillments.hold', 1, (hold) => {
      if (hold.reason === 'delivery-date') throw errorOf('record.invalid');
      return hold;
    }),
  },
  'fulfillments.hold/holds-of-others-stay': {
    says: /1 holds of ours and 0 of others after/,
    connector: followedBy('fulfillments.hold', ({ lists }, { holds = [] }) => {
      lists['holds'] = (lists['holds'] ?? []).filter((hold) => !holds.includes(hold));
    }),
  },
  'fulfillments.hold/what-has-left-is-refused': {
    says: /of what has left ended well/,
    connector: obliging('fulfillments.hold', 'record.rejected'),
  },
  'fulfillments.hold/another-content-under-its-key-is-refused': {
    says: /another reason under the same key ended well/,
    line: keyless,
  },
  'fulfillments.hold/is-seen-by-get': {
    says: /says "submitted" of what is held/,
    connector: (sound) =>
      withPort(sound, 'fulfillments', {
        async get(...all) {
          const found = await sound.fulfillments.get(...all);
          return found && { ...found, status: 'submitted' };
        },
      }),
  },
  ...changingBreaks('fulfillments.release'),
  'fulfillments.release/an-unknown-fulfillment-is-refused': missingBreak('fulfillments.release'),
  'fulfillments.release/holds-of-others-stay': {
    says: /0 holds of ours and 0 of others after ours was released/,
    connector: followedBy('fulfillments.release', ({ lists }) => (lists['holds'] = [])),
  },
  'fulfillments.release/what-nothing-holds-stays-as-it-is': {
    says: /of what nothing holds threw "record\.rejected"/,
    connector: followedBy('fulfillments.release', (_record, { holds = [] }) => {
      if (holds.length === 0) throw errorOf('record.rejected');
    }),
  },
  'fulfillments.release/lifts-every-hold-of-its-reason-and-no-other': {
    says: /0 holds of ours and 0 of others after "payment" was released/,
    connector: followedBy('fulfillments.release', ({ lists }) => (lists['holds'] = [])),
  },
  'fulfillments.release/repeated-lifts-no-hold-that-came-later': {
    says: /0 holds of ours and 0 of others after an older release was repeated/,
    line: keyless,
  },
  ...changingBreaks('fulfillments.answer'),
  'fulfillments.answer/an-unknown-fulfillment-is-refused': missingBreak('fulfillments.answer'),
  'fulfillments.answer/says-yes-and-no-to-both-questions': {
    says: /is accepted after it was answered, and it should be rejected/,
    connector: told<FulfillmentAnswer>('fulfillments.answer', 1, (answer) => ({ ...answer, accept: true })),
  },
  'fulfillments.answer/what-is-answered-so-stays': {
    says: /yes to a request, threw "record\.rejected"/,
    connector: changing('fulfillments.answer', (call, { state }) => (...all) => {
      const { to } = all[1] as FulfillmentAnswer;
      const isAnswered = state.tables['fulfillments']?.get(refOf(all).id)?.said[to] !== undefined;
      return isAnswered ? Promise.reject(errorOf('record.rejected')) : call(...all);
    }),
  },
  'fulfillments.answer/answered-otherwise-is-refused': {
    says: /answered otherwise ended well/,
    connector: obliging('fulfillments.answer', 'record.rejected'),
  },
  'fulfillments.answer/what-nobody-asked-is-refused': {
    says: /that nobody asked for ended well/,
    connector: obliging('fulfillments.answer', 'record.rejected'),
  },
  ...changingBreaks('shipments.update'),
  'shipments.update/an-unknown-shipment-is-refused': missingBreak('shipments.update'),
  'shipments.update/new-numbers-replace-the-old-ones': {
    says: /under "TRACK-OLD" and "TRACK-1" and "TRACK-2" after/,
    connector: followedBy('shipments.update', ({ lists }, { numbers = [] }) => {
      lists['numbers'] = [...numbers, ...(lists['numbers'] ?? [])];
    }),
  },
  'shipments.update/what-was-voided-is-refused': {
    says: /of what was voided ended well/,
    connector: obliging('shipments.update', 'record.rejected'),
  },
  ...changingBreaks('shipments.report'),
  'shipments.report/an-unknown-shipment-is-refused': missingBreak('shipments.report'),
  'shipments.report/one-status-at-one-moment-is-there-once': {
    says: /after one report came with three keys/,
    connector: followedBy('shipments.report', ({ lists }, { reports = [] }, [, said]) => {
      const { status, at } = said as TrackingReport;
      lists['reports'] = [...reports, `${status} ${at}`];
    }),
  },
  'shipments.report/another-status-or-moment-is-another-report': {
    says: /after four reports/,
    connector: followedBy('shipments.report', ({ lists }, { reports = [] }, [, said]) => {
      const { at } = said as TrackingReport;
      if (reports.some((report) => report.endsWith(at))) lists['reports'] = reports;
    }),
  },
  'shipments.report/every-status-is-told-or-refused': {
    says: /after shipments\.report of "returning", which ended as "ok"/,
    connector: followedBy('shipments.report', ({ lists }, { reports = [] }, [, said]) => {
      const { status } = said as TrackingReport;
      if (status === 'returning') lists['reports'] = reports;
    }),
  },
  ...repeatingBreaks('payments.capture'),
  'payments.capture/an-unknown-order-is-refused': missingBreak('payments.capture'),
  'payments.capture/a-part-and-then-the-rest': { says: /threw "key\.reused"/, line: oneKey },
  'payments.capture/never-more-than-is-reserved': {
    says: /of 1\.00 too much ended well/,
    connector: obliging('payments.capture', 'record.rejected'),
  },
  'payments.capture/the-last-one-gives-the-rest-back': {
    says: /There is 11\.50 reserved/,
    connector: told<CaptureDraft>('payments.capture', 0, ({ isLast: _isLast, ...draft }) => draft),
  },
  'payments.capture/the-same-sum-under-another-key-is-no-repetition': {
    says: /and 1\.00 taken after payments\.capture of the same sum/,
    connector: takingForDone,
  },
  'payments.capture/what-a-person-took-is-not-ours': {
    says: /and 1\.00 taken after payments\.capture of the sum that a person took/,
    connector: takingForDone,
  },
  'payments.capture/another-sum-under-its-key-is-refused': {
    says: /another sum under the same key ended well/,
    line: keyless,
  },
  'payments.capture/a-sum-that-is-none-is-refused': {
    says: /of "1\.00" NOK, of GBP reserved, ended well/,
    connector: told<CaptureDraft>('payments.capture', 0, (draft) => ({
      ...draft,
      amount: { ...draft.amount, currency: 'GBP' },
    })),
  },
  'payments.capture/an-unknown-authorization-is-refused': {
    says: /reserved for another order ended well/,
    connector: obliging('payments.capture', 'record.missing'),
  },
  ...changingBreaks('webhooks.subscribe'),
  'webhooks.subscribe/makes-what-is-missing': {
    says: /after two of three were missing/,
    connector: told<SubscriptionPlan>('webhooks.subscribe', 0, ({ topics, address }) => ({
      topics: topics.slice(0, 2),
      address,
    })),
  },
  'webhooks.subscribe/what-goes-to-other-addresses-stays': {
    says: /after another address was subscribed/,
    connector: changing('webhooks.subscribe', (call, { state }) => async (...all) => {
      const { address } = all[0] as SubscriptionPlan;
      state.subscriptions = state.subscriptions.filter((one) => one.address === address);
      return call(...all);
    }),
  },
  'webhooks.subscribe/ends-what-is-not-wanted': {
    says: /after 1 of three were wanted/,
    connector: told<SubscriptionPlan>('webhooks.subscribe', 0, ({ topics, address }, { state }) => {
      const there = state.subscriptions.filter((one) => one.address === address).map(({ topic }) => topic);
      return { topics: [...new Set([...topics, ...there])], address };
    }),
  },
  'webhooks.subscribe/repairs-what-differs': {
    says: /There is .*disabled "orders\/changed"/,
    connector: changing('webhooks.subscribe', (call, { state }) => async (...all) => {
      const before = new Map(state.subscriptions.map((one) => [one.id, one]));
      const answer = await call(...all);
      state.subscriptions = state.subscriptions.map((one) => before.get(one.id) ?? one);
      return answer;
    }),
  },
  'webhooks.subscribe/what-stands-is-not-made-again': {
    says: /of the same an hour later/,
    connector: changing('webhooks.subscribe', (call, { state }) => async (...all) => {
      state.subscriptions = [];
      return call(...all);
    }),
  },
  'webhooks.subscribe/an-unknown-topic-is-refused': {
    says: /to a topic that nobody knows ended well/,
    connector: told<SubscriptionPlan>('webhooks.subscribe', 0, ({ topics, address }) => ({
      topics: topics.filter((topic) => topic !== 'nobody/knows_this'),
      address,
    })),
  },
  'webhooks.subscriptions/shows-those-to-every-address': {
    says: /webhooks\.subscriptions shows .*, and there is/,
    connector: showing((all) => all.filter(({ address }) => address === all[0]?.address)),
  },
  'webhooks.subscriptions/shows-what-is-disabled': {
    says: /shows active .* and there is .*disabled/,
    connector: showing((all) => all.map((one) => ({ ...one, state: 'active' }))),
  },
  'webhooks.subscriptions/shows-what-subscribe-made': {
    says: /as "another", and/,
    connector: showing((all) => all.map((one) => ({ ...one, ref: { ...one.ref, id: 'another' } }))),
  },
};

function showing(change: (all: readonly Subscription[]) => readonly Subscription[]): Broken {
  return (sound) =>
    withPort(sound, 'webhooks', {
      subscriptions: async (options) => change(await sound.webhooks.subscriptions(options)),
    });
}
