import type { FakeOdooOptions, OdooVersion } from '@crossdock/testing';
import { runCommand } from '../src/command-line.ts';
import { odooImport, type OdooImportOptions, type OdooOptions } from '../src/index.ts';
import { aWorld } from './world.ts';

/** An Odoo in which an administrator has installed the server action of the import. */
export async function aWorldWithAction(
  version: OdooVersion,
  options: Partial<OdooOptions> = {},
  modules = 'crossdock',
  fake: FakeOdooOptions = {},
) {
  const world = aWorld(version, options, fake);
  world.state.addUser({ login: 'boss', apiKey: 'admin-key', kind: 'admin' });
  /** The command line, as the administrator or somebody else. */
  const run = (line: string, login = 'boss', apiKey = 'admin-key', flags = {}) =>
    runCommand(
      line.split(' '),
      flags,
      { ODOO_URL: world.platform.origin, ODOO_DATABASE: 'odoo', ODOO_LOGIN: login, ODOO_API_KEY: apiKey },
      { fetch: world.platform.fetch, clock: world.platform.clock },
    );
  const installed = await run('action install', 'boss', 'admin-key', { module: modules });
  const serverAction = Number(/server action (\d+)/.exec(installed.out)?.[1]);
  /** An importer as another process would have it. */
  const importer = (change: Partial<OdooImportOptions> = {}) =>
    odooImport({ ...world.options, serverAction, ...change });
  return { ...world, run, installed, serverAction, importer };
}
