import { holds, refusal, succeeds } from '../holds.ts';
import { law } from '../law.ts';
import { wordsOf } from '../trouble.ts';

/** A word in a message that must stand in nothing that is said of the message. Short: a parser quotes only the beginning. */
const canary = 'CANARY-7';
const megabyte = 1_000_000;
/** Deeper than anybody who reads it by calling himself can go. */
const depth = 100_000;

/** What can lie in a queue without being the platform's. */
const strangeBodies = [
  ['an empty text', ''],
  ['a blank text', ' \n'],
  ['a text that is no JSON', `${canary} sends greetings`],
  ['JSON that is cut in the middle', `{"${canary}": {"name": "Ada`],
  ['null', 'null'],
  ['a number', '42'],
  ['a text in JSON', `"${canary}"`],
  ['a list', `["${canary}"]`],
  ['an empty object', '{}'],
  ['an object of something else', `{"${canary}": {"id": "${canary}"}, "Records": [{"id": "${canary}"}]}`],
  ['five megabytes of opening brackets', '['.repeat(5 * megabyte)],
  ['brackets in brackets, a hundred thousand deep', `${'['.repeat(depth)}${']'.repeat(depth)}`],
] as const;

export const notificationsReadLaws = [
  law({
    id: 'notifications.read/same-message-has-the-same-id',
    operations: ['notifications.read'],
    async check(trial) {
      const message = await trial.scenery['notifications.read'].genuine(trial.platform);
      const ids = new Set<string>();
      for (const connector of [trial.connector, trial.connector, trial.connect()]) {
        const delivery = await succeeds(
          () => connector.notifications.read(message),
          'notifications.read of a genuine message',
        );
        ids.add(delivery.deliveryId);
        await trial.clock.advance(60_000);
      }
      const [id, ...others] = [...ids];
      holds(id !== undefined && id.trim() !== '', 'notifications.read gave a delivery without an id.');
      holds(others.length === 0, `One message has ${ids.size} ids when it is read again and by another process.`);
    },
  }),
  law({
    id: 'notifications.read/another-message-has-another-id',
    operations: ['notifications.read'],
    async check({ connector, platform, scenery }) {
      const { genuine } = scenery['notifications.read'];
      const first = await connector.notifications.read(await genuine(platform));
      const second = await connector.notifications.read(await genuine(platform));
      holds(
        first.deliveryId !== second.deliveryId,
        `Two messages have the id "${first.deliveryId}", so the second one would never be worked on.`,
      );
    },
  }),
  law({
    id: 'notifications.read/refuses-what-the-platform-did-not-write',
    operations: ['notifications.read'],
    async check({ connector }) {
      for (const [what, body] of strangeBodies) {
        const error = await refusal(() => connector.notifications.read({ body }), `notifications.read of ${what}`);
        holds(error.code === 'webhook.malformed', `notifications.read refused ${what} as "${error.code}".`);
        const words = wordsOf(error);
        holds(error.message.length > 20, `notifications.read refused ${what} without saying why.`);
        holds(
          !words.includes(canary) && !words.includes('[[[['),
          `notifications.read repeats ${what} in its error, and whatever is written in it.`,
        );
      }
    },
  }),
  law({
    id: 'notifications.read/asks-nobody',
    operations: ['notifications.read'],
    async check({ connector, platform, scenery }) {
      const message = await scenery['notifications.read'].genuine(platform);
      const before = platform.journal.all.length;
      await succeeds(() => connector.notifications.read(message), 'notifications.read of a genuine message');
      const calls = platform.journal.all.length - before;
      holds(calls === 0, `notifications.read made ${calls} calls to the platform, and only has to read the envelope.`);
    },
  }),
] as const;
