import { answers, lawsOf } from './store-law.ts';

/** What stores promise about the integration that they belong to. */
export const belongingLaws = lawsOf('belongTo', {
  'first-name-stays': async ({ stores }) => {
    answers('The first that asks', await stores.belongTo('hub'), 'hub');
    answers('Another', await stores.belongTo('other'), 'hub');
    answers('The first again', await stores.belongTo('hub'), 'hub');
  },
  'one-of-many-at-once': async ({ stores }) => {
    const names = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => stores.belongTo(name)));
    answers('How many names they were given', new Set(names).size, 1);
    answers('Whoever asks later', await stores.belongTo('f'), names[0]);
  },
});
