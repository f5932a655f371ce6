import { loosely, type BrokenStores } from './but.ts';

/** One store broken a law. */
export const brokenBelonging: BrokenStores = {
  'belongTo/first-name-stays': loosely((good) => {
    const asked = { times: 0, underWay: 0 };
    return {
      async belongTo(integration) {
        const alone = ++asked.times === 2 && asked.underWay === 0;
        asked.underWay++;
        const name = await good.belongTo(integration);
        asked.underWay--;
        return alone ? integration : name;
      },
    };
  }),
  'belongTo/one-of-many-at-once': loosely((good) => {
    let underWay = 0;
    return {
      async belongTo(integration) {
        const alone = underWay++ === 0;
        const name = await good.belongTo(integration);
        underWay--;
        return alone ? name : integration;
      },
    };
  }),
};
