import type { PlannedEffect } from '../exceptions/replay-plan.ts';
import type { Ref } from '../model/ref.ts';
import type { LinkStore } from '../ports/stores.ts';
import type { Standstill } from './standstill.ts';

type Planned = Extract<PlannedEffect, { kind: 'link' | 'attach' }>;

/** The links as a planned run sees them: those that there are, and those that it would make, which are only noted. */
export function plannedLinks(
  links: LinkStore,
  { during }: Pick<Standstill, 'during'>,
  note: (effect: Planned) => void,
): LinkStore {
  const made: Planned[] = [];

  const find: LinkStore['find'] = async (ref, system, kind) => {
    const stored = await during(links.find(ref, system, kind));
    if (stored !== undefined) return stored;
    const ours = made.flatMap(({ kind: how, one, other }) =>
      isSame(one, ref) ? [other] : how === 'link' && isSame(other, ref) ? [one] : [],
    );
    return ours.find((found): found is Ref<typeof kind> => found.system === system && found.kind === kind);
  };
  const change = async (effect: Planned) => {
    const { kind, one, other } = effect;
    const before = [
      await find(one, other.system, other.kind),
      kind === 'link' ? await find(other, one.system, one.kind) : undefined,
    ];
    if (before[0] !== undefined && isSame(before[0], other)) return 'already';
    if (before.some((found) => found !== undefined)) return 'conflict';
    made.push(effect);
    note(effect);
    return 'linked';
  };

  return {
    find,
    link: (one, other) => change({ kind: 'link', one, other }),
    attach: (child, parent) => change({ kind: 'attach', one: child, other: parent }),
    async children(parent, system, kind) {
      const stored = await during(links.children(parent, system, kind));
      const ours = made.flatMap(({ kind: how, one, other }) =>
        how === 'attach' && isSame(other, parent) ? [one] : [],
      );
      return [
        ...stored,
        ...ours.filter((child): child is Ref<typeof kind> => child.system === system && child.kind === kind),
      ];
    },
  };
}

function isSame(one: Ref, other: Ref): boolean {
  return one.system === other.system && one.kind === other.kind && one.id === other.id;
}
