#!/usr/bin/env node
import { writeFile } from 'node:fs/promises';
import { argv, env, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { runCommand, usage } from './command-line.ts';

const text = { type: 'string' } as const;
const yes = { type: 'boolean' } as const;

const exitCode = await main(argv.slice(2));
process.exitCode = exitCode;

async function main(args: readonly string[]): Promise<number> {
  const read = argumentsIn(args);
  if (read === undefined) {
    // What was typed may hold a key, so it is not repeated.
    stderr.write(`An option is unknown or has no value.\n\n${usage}`);
    return 1;
  }
  const { values, positionals } = read;
  const { out, err, code } = await runCommand(positionals, values, env);
  stderr.write(err);
  if (values.out === undefined || out === '' || code !== 0) stdout.write(out);
  else await writeFile(values.out, out);
  return code;
}

function argumentsIn(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'url-of-odoo': text,
        database: text,
        login: text,
        'api-key': text,
        url: text,
        'own-user': text,
        group: text,
        module: text,
        'without-module': text,
        out: text,
        print: yes,
        install: yes,
        help: yes,
      },
    });
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
