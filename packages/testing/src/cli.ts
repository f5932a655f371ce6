#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { walkingClock } from './fake/clock.ts';
import { listen } from './listen.ts';
import { onOffer, type Offer } from './platforms/on-offer.ts';

const names = Object.keys(onOffer);
const usage = `Starts a fake commerce platform that answers from state, for a program in any language.

  crossdock-testing <platform> [--port 4010] [--host 127.0.0.1] [--seed 1]

Platforms: ${names.join(', ')}

  --port  where it listens; without it a free port
  --host  which interface; without it this machine alone
  --seed  the fake's chance: the same seed gives the same ids
  --help  this text
`;

process.exitCode = await run(process.argv.slice(2));

async function run(args: readonly string[]): Promise<number> {
  const read = argumentsIn(args);
  if (typeof read === 'string') return refuse(read);
  const { values, positionals } = read;
  if (values.help || positionals.length === 0) {
    process.stdout.write(usage);
    return values.help ? 0 : 1;
  }
  const [name = '', ...rest] = positionals;
  const offer = Object.hasOwn(onOffer, name) ? onOffer[name] : undefined;
  if (!offer || rest.length > 0) {
    return refuse(`There is no platform "${positionals.join(' ')}". Take one of: ${names.join(', ')}.`);
  }
  const port = wholeNumber(values.port, 0, 65_535);
  if (port === undefined) return refuse(`--port wants a number from 0 to 65535, got "${values.port}".`);
  const seed = wholeNumber(values.seed, 0, Number.MAX_SAFE_INTEGER);
  if (seed === undefined) return refuse(`--seed wants a whole number, got "${values.seed}".`);
  return serve(name, offer, { port, host: values.host, seed });
}

async function serve(
  name: string,
  offer: Offer,
  { port, host, seed }: { readonly port: number; readonly host: string; readonly seed: number },
): Promise<number> {
  const { clock, stop } = walkingClock();
  try {
    const { url, close } = await listen(offer.make({ clock, seed }), { port, host });
    const facts = Object.entries({ address: url, ...offer.credentials });
    const lines = facts.map(([what, value]) => `  ${what.padEnd(14)}${value}`);
    process.stdout.write(
      `A fake ${name} listens.\n\n${lines.join('\n')}\n\nTry:\n  ${offer.example(url)}\n\nCtrl+C ends it.\n`,
    );
    await new Promise<void>((resolve) => {
      process.once('SIGINT', () => resolve());
      process.once('SIGTERM', () => resolve());
    });
    await close();
    return 0;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE')
      return refuse(`Port ${port} is taken. Name another with --port, or leave it out for a free one.`);
    if (code === 'EACCES') return refuse(`Port ${port} may not be opened by this user. Take one above 1023.`);
    if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL') return refuse(`This machine has no interface "${host}".`);
    throw error;
  } finally {
    stop();
  }
}

function argumentsIn(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: 'string', default: '0' },
        host: { type: 'string', default: '127.0.0.1' },
        seed: { type: 'string', default: '1' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}

function refuse(message: string): number {
  process.stderr.write(`${message}\n\nRun with --help to see how it is used.\n`);
  return 1;
}
