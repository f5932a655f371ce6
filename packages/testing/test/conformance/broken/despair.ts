import type { ToyConnector } from '../toy/connector.ts';
import type { Flaw } from '../toy/suite.ts';
import type { Break } from './flaw.ts';

/** A connector that learns of a lost answer, and lets itself be told by it what to do for ever after. */
export function despairing({
  says,
  connector,
}: {
  readonly says: RegExp;
  readonly connector: (
    sound: ToyConnector,
    platform: Parameters<NonNullable<Flaw['connector']>>[1],
    isLost: () => boolean,
  ) => ToyConnector;
}): Break {
  let lost = false;
  return {
    says,
    line(fetch) {
      lost = false;
      return async (input, init) => {
        try {
          return await fetch(input, init);
        } catch (error) {
          lost = true;
          throw error;
        }
      };
    },
    connector: (sound, platform) => connector(sound, platform, () => lost),
  };
}
