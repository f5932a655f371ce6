import { backOfficeWrites } from './back-office-probes.ts';
import { handlingReads, handlingWrites } from './handling-probes.ts';
import type { OpenTrial } from './law.ts';
import type { Probe } from './probe.ts';
import { reads } from './read-probes.ts';
import { writes } from './write-probes.ts';

export type { Probe } from './probe.ts';

/** An ordinary call of every operation that the connector offers and the scenery can set up. */
export async function probesOf(trial: OpenTrial): Promise<readonly Probe[]> {
  const probes: Probe[] = [];
  const all = [...reads, ...handlingReads, ...writes, ...backOfficeWrites, ...handlingWrites];
  for (const prepare of all) probes.push(...(await prepare(trial)));
  return probes;
}

/** An ordinary read; where the connector offers none, the question whether it works. */
export async function readProbe(trial: OpenTrial): Promise<Probe> {
  for (const prepare of reads) {
    const [probe] = await prepare(trial);
    if (probe) return probe;
  }
  return {
    operation: 'check',
    kind: 'read',
    async call() {
      const answer = await trial.connector.check();
      if (!answer.ok) throw answer.error;
    },
    seen: async () => undefined,
  };
}
