import { crashCommand } from '@crossdock/testing/crash';
import { startPostgres } from '../../../scripts/postgres-server.mjs';
import { serverVariable } from './postgres.ts';
import world from './world.ts';

// Crashes the order flow everywhere, on a PostgreSQL of its own where that is asked for.
const args = process.argv.slice(2);
const isWanted =
  !args.includes('--help') && (!args.includes('--store') || args.some((arg) => arg.includes('postgres')));
const server = isWanted ? await startPostgres() : undefined;
try {
  if (server) process.env[serverVariable] = server.url;
  process.exitCode = await crashCommand(world, args);
} finally {
  await server?.stop();
}
