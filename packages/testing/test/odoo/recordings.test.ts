import { readFileSync } from 'node:fs';
import { fakeOdoo } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { call } from './client.ts';
import { numbersOf, sessions } from './recordings.ts';
import { recordedWorld, replayer, samples, send } from './replay.ts';

describe('recordings of Odoo 19', () => {
  it.each(sessions)(
    'knows of every exchange of "$name" whether it is replayed',
    ({ exchanges, samples: files, left }) => {
      const replayed = files.flatMap((file) =>
        file === 'posts' ? [...lines(file).keys()] : samples(file).map(({ n }) => n),
      );

      expect([...replayed, ...numbersOf(left)].toSorted((a, b) => a - b)).toEqual([...Array(exchanges).keys()]);
    },
  );

  it('replays 635 of 717', () => {
    const total = sessions.reduce((sum, { exchanges }) => sum + exchanges, 0);
    const left = sessions.reduce((sum, session) => sum + numbersOf(session.left).length, 0);

    expect([total - left, total]).toEqual([635, 717]);
  });

  it('says of updates at the same time what was recorded, after the server gave up', async () => {
    const odoo = recordedWorld();
    const player = replayer(odoo);
    const conflicts = samples('serial').filter(({ label }) => label === 'hot');
    const [made = [], gone = []] = [1, 28].map((n) => samples('serial').filter((recorded) => recorded.n === n));
    for (const recorded of made) expect(await player.play(recorded)).toEqual([]);

    // The recorded calls run Python on the server that writes this contact; here it is written by itself.
    for (const conflict of conflicts) {
      odoo.state.conflictNext('res.partner.write');
      const { status, body } = await call(odoo, 'res.partner.write', {
        ids: [player.here('res.partner', 8)],
        vals: { name: 'hotx' },
      });
      expect({ status, body }).toMatchObject({ status: conflict.status, body: conflict.answer });
    }
    for (const recorded of gone) expect(await player.play(recorded)).toEqual([]);
    expect([made.length, conflicts.length, gone.length]).toEqual([1, 6, 1]);
  });

  it('wants to be told which of two databases', async () => {
    const odoo = fakeOdoo();
    for (const recorded of samples('hookin')) {
      const { status, body } = await send(odoo, recorded.path, recorded.body, 'odoo-api-key', recorded);
      expect({ status, body }).toEqual({ status: recorded.status, body: recorded.answer });
    }
  });
});

const lines = (file: string) =>
  readFileSync(new URL(`samples/${file}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
