import { parseArgs } from 'node:util';
import { crashEverywhere, type CrashOptions } from './node-crash-everywhere.ts';
import { crashKinds, parsePoint, type CrashKind, type CrashPoint } from './point.ts';
import { failureText, reportJson, reportText, whyNotProved, type CrashReport } from './report.ts';
import type { CrashPlatforms, CrashWorld } from './world.ts';

const usage = `Crashes a program at every point of a story and looks what became of it.

  --store <name>   only on these stores, several with commas
  --kind <kind>    only this kind: ${crashKinds.join(', ')}; two with a comma for two crashes
  --point <name>   only at this point, as it is printed
  --second <name>  and after it at this one
  --pairs          only two crashes in one run, where the stores live in memory: every ordered pair of all points and kinds
  --no-pairs       only one crash in each run
  --every-kill     kills processes also where that leaves the same world as at the point before
  --parallel <n>   runs at the same time
  --json           ends with one line of JSON
  --help           this text
`;

/** The most failures that are written out. */
const mostShown = 20;

/**
 * The command line of `crashEverywhere` for a world, and the status to end with: 0 when every crash was survived. `command`
 * is how it is called, for the commands that repeat a failure.
 */
export async function crashCommand<P extends CrashPlatforms>(
  world: CrashWorld<P>,
  args: readonly string[],
  command = 'npm run crash --',
): Promise<number> {
  const read = optionsIn(args);
  if (read === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  if (typeof read === 'string') {
    process.stderr.write(`${read}\n\nRun with --help to see how it is used.\n`);
    return 1;
  }
  const out = read.json ? process.stderr : process.stdout;
  const report = await triedOn(world, { ...read.options, onRun: progressOn(out) });
  if (typeof report === 'string') {
    process.stderr.write(`\n${report}\n`);
    return 1;
  }
  out.write('\n');
  for (const failure of report.failures.slice(0, mostShown)) out.write(`\n${failureText(failure, command)}\n`);
  if (report.failures.length > mostShown) out.write(`\nand ${report.failures.length - mostShown} more\n`);
  out.write(`\n${reportText(report)}\n`);
  // On standard output, where the line is that does not say it.
  const reasons = whyNotProved(report);
  if (reasons.length > 0) process.stdout.write(`Not proved:\n${reasons.map((why) => `  ${why}`).join('\n')}\n`);
  if (read.json) process.stdout.write(`${reportJson(report)}\n`);
  return reasons.length === 0 ? 0 : 1;
}

/** A world or a choice that is refused comes back as its words. */
async function triedOn<P extends CrashPlatforms>(
  world: CrashWorld<P>,
  options: CrashOptions,
): Promise<CrashReport | string> {
  const strange = options.stores?.find((store) => !(store in world.stores));
  if (strange !== undefined) {
    return `This world has no stores "${strange}". Take one of: ${Object.keys(world.stores).join(', ')}.`;
  }
  if (options.second && !options.point) return '--second wants a --point before it.';
  try {
    return await crashEverywhere(world, options);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

type Read = { readonly json: boolean; readonly options: CrashOptions };

function optionsIn(args: readonly string[]): Read | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        store: { type: 'string' },
        kind: { type: 'string' },
        point: { type: 'string' },
        second: { type: 'string' },
        pairs: { type: 'boolean' },
        'every-kill': { type: 'boolean' },
        parallel: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return 'help';
    return {
      json: values.json,
      options: {
        stores: values.store?.split(','),
        kinds: values.kind?.split(',').map((kind) => kindOf(kind)),
        point: pointOf(values.point),
        second: pointOf(values.second),
        pairs: values.pairs === true ? 'all' : values.pairs,
        everyKill: values['every-kill'],
        parallel: values.parallel === undefined ? undefined : countOf(values.parallel),
      },
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function kindOf(text: string): CrashKind {
  const kind = crashKinds.find((one) => one === text);
  if (kind) return kind;
  throw new RangeError(`There is no kind "${text}". Take one of: ${crashKinds.join(', ')}.`);
}

function pointOf(name: string | undefined): CrashPoint | undefined {
  const point = name === undefined ? undefined : parsePoint(name);
  if (point || name === undefined) return point;
  throw new RangeError(
    `"${name}" names no point. Copy one as it is printed, such as "after commit 17: runs.writeStep …".`,
  );
}

function countOf(text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new RangeError(`--parallel wants a whole number from 1, got "${text}".`);
}

/** One line that is written over on a terminal; elsewhere one for every hundred runs. `total` grows with what is found. */
function progressOn(out: NodeJS.WriteStream): NonNullable<CrashOptions['onRun']> {
  let shown = '';
  return ({ store, done, total, failures }) => {
    const step = out.isTTY ? String(done) : String(Math.floor(done / 100));
    if (shown === `${store} ${step}`) return;
    shown = `${store} ${step}`;
    const line = `${store}: ${done}/${total} runs, ${failures} failures`;
    out.write(out.isTTY ? `\r\u001b[2K${line}` : `${line}\n`);
  };
}
