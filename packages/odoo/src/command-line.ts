import { CommerceError, isCommerceError, type OperationName } from '@crossdock/core';
import { groupOfAction, importActionText, installImportAction } from './action-install.ts';
import { odooClientOf } from './connector.ts';
import type { OdooClient } from './client.ts';
import { modelTypes } from './model-types.ts';
import type { OdooOptions } from './options.ts';
import { leastRights } from './least-rights.ts';
import { checkRights, type RightsReport } from './rights.ts';
import { hintingModels, installWebhookRules, webhookRules, type WebhookRule } from './webhook-rules.ts';

/** What a command says, and how it ends: 0 done, 1 something was found or refused. */
export interface CommandResult {
  readonly out: string;
  readonly err: string;
  readonly code: 0 | 1;
}
/** Flags by name without the dashes; `true` where one stands alone. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>;

/** How the commands are called. */
export const usage = `Works with an Odoo from the command line.

  crossdock-odoo types <model…> [--out models.d.ts]     TypeScript of these models, for OdooModels
  crossdock-odoo rights [<operation…>]                  compares the rights of the key's user with the least that is needed
  crossdock-odoo webhook <model…> --url <address> --print | --install [--own-user <id>]
                                                        the automation rules that tell of changes
  crossdock-odoo action --print | --install [--group <external id>] [--module <name,…>]
                         [--without-module <name,…>]    the server action that imports orders with one call; it writes
                                                        external ids of its modules alone, at first "crossdock" if not
                                                        said: --module adds some, --without-module takes some away;
                                                        --print asks the Odoo that is named what is installed

Which Odoo: --url-of-odoo or ODOO_URL, --database or ODOO_DATABASE, --login or ODOO_LOGIN, and ODOO_API_KEY.
A key among the flags would stand in the history of the shell, so --api-key is taken but not advised.
The address that rules post to ends in one of the connector's webhookSecrets: --url or ODOO_WEBHOOK_URL.
Models that rules tell of: ${hintingModels.join(', ')}
`;

/** Runs one command. What goes wrong is said in words, without keys and addresses. */
export async function runCommand(
  words: readonly string[],
  flags: Flags,
  environment: Readonly<Record<string, string | undefined>>,
  runtime: Pick<OdooOptions, 'fetch' | 'clock'> = {},
): Promise<CommandResult> {
  const [command = '', ...names] = words;
  const given = (flag: string, variable: string) => {
    const value = flags[flag];
    return typeof value === 'string' ? value : environment[variable];
  };
  const connect = () => clientOf(given, runtime);
  const isNamed = given('url-of-odoo', 'ODOO_URL') !== undefined || given('database', 'ODOO_DATABASE') !== undefined;
  if (flags['help'] === true) return { out: usage, err: '', code: 0 };
  try {
    switch (command) {
      case 'types':
        if (names.length === 0) return wrong('types wants at least one model.');
        return done(await modelTypes(connect(), names));
      case 'rights':
        return await rights(connect(), names);
      case 'webhook':
        return await webhook(connect, names, flags, given('url', 'ODOO_WEBHOOK_URL'));
      case 'action':
        return await action(connect, isNamed, names, flags);
      default:
        return wrong(command === '' ? 'No command was given.' : `There is no command "${command}".`);
    }
  } catch (error) {
    if (isCommerceError(error)) return { out: '', err: `${error.code}: ${error.message}\n`, code: 1 };
    throw error;
  }
}

function clientOf(
  given: (flag: string, variable: string) => string | undefined,
  runtime: Pick<OdooOptions, 'fetch' | 'clock'>,
): OdooClient {
  const url = given('url-of-odoo', 'ODOO_URL');
  const database = given('database', 'ODOO_DATABASE');
  const apiKey = given('api-key', 'ODOO_API_KEY');
  const login = given('login', 'ODOO_LOGIN');
  if (url === undefined || database === undefined || apiKey === undefined) {
    throw new CommerceError({
      code: 'options.invalid',
      message: 'Odoo was not asked: it is not known which. Set ODOO_URL, ODOO_DATABASE and ODOO_API_KEY.',
    });
  }
  return odooClientOf({ url, database, apiKey, ...(login === undefined ? {} : { login }), ...runtime });
}

async function rights(client: OdooClient, names: readonly string[]): Promise<CommandResult> {
  const known = Object.keys(leastRights);
  const strange = names.find((name) => !known.includes(name));
  if (strange !== undefined) return wrong(`There is no operation "${strange}". Take of ${known.join(', ')}.`);
  // Every name was found among the operations.
  const used = (names.length === 0 ? known : names) as readonly OperationName[];
  const report = await checkRights(client, used);
  return { out: told(report, used), err: '', code: isExact(report) ? 0 : 1 };
}

function isExact({ missing, groups, excess, excessGroups }: RightsReport): boolean {
  return missing.length + groups.length + excess.length + excessGroups.length === 0;
}

function told(report: RightsReport, used: readonly OperationName[]): string {
  const { missing, groups, excess, excessGroups, absent } = report;
  const lines = [
    ...missing.map(
      ({ model, deed, operations }) => `too few: may not ${deed} "${model}", needed by ${operations.join(', ')}`,
    ),
    ...groups.map(
      ({ name, group, operations }) => `too few: is not in "${name}" (${group}), needed by ${operations.join(', ')}`,
    ),
    ...excessGroups.map(({ name, group }) => `too many: is in "${name}" (${group}), which nothing here needs`),
    ...excess.map(({ model, deed }) => `too many: may ${deed} "${model}", which nothing here needs`),
    ...absent.map((model) => `not there: "${model}", whose module is not installed`),
  ];
  if (isExact(report)) lines.push(`The rights are what ${used.length} operations need, and no more.`);
  return `${lines.join('\n')}\n`;
}

async function webhook(
  connect: () => OdooClient,
  models: readonly string[],
  flags: Flags,
  url: string | undefined,
): Promise<CommandResult> {
  const own = flags['own-user'];
  const ownUser = typeof own === 'string' ? Number(own) : undefined;
  if (ownUser !== undefined && !(Number.isSafeInteger(ownUser) && ownUser > 0))
    return wrong('--own-user wants the id of a user.');
  const rules = webhookRules(models, { ownUser });
  if (flags['print'] === true) return done(rules.map(printed).join('\n'));
  if (flags['install'] !== true) return wrong('webhook wants --print or --install.');
  if (url === undefined || !/^https?:\/\/[^\s/]+\/\S*[\w.~-]{20}$/.test(url)) {
    return wrong(
      '--url wants the address of your receiver, ending in "/" and one of webhookSecrets, of 20 characters or more.',
    );
  }
  const installed = await installWebhookRules(connect(), rules, url);
  return done(installed.map(({ model, outcome }) => `rule of "${model}": ${outcome}\n`).join(''));
}

function printed({ model, name, trigger, fields, filterDomain }: WebhookRule): string {
  return [
    `Automation rule "${name}"`,
    `  Model         ${model}`,
    `  Trigger       On create and edit (${trigger})`,
    ...(filterDomain === undefined ? [] : [`  Apply on      ${filterDomain}`]),
    '  Action        Send Webhook Notification',
    '  URL           the address of your receiver, ending in one of webhookSecrets',
    `  Fields        ${fields.join(', ')}, those of them that the model has`,
    '',
  ].join('\n');
}

/**
 * `action print` and `action install` are understood as well. Where an Odoo is named it is printed what an installation
 * would write there.
 */
async function action(
  connect: () => OdooClient,
  isNamed: boolean,
  [word]: readonly string[],
  flags: Flags,
): Promise<CommandResult> {
  const modules = namesIn(flags['module']);
  const withoutModules = namesIn(flags['without-module']);
  if (flags['print'] === true || word === 'print')
    return done(await importActionText(isNamed ? connect() : undefined, { modules, withoutModules }));
  if (flags['install'] !== true && word !== 'install') return wrong('action wants --print or --install.');
  const group = typeof flags['group'] === 'string' ? flags['group'] : groupOfAction;
  const installed = await installImportAction(connect(), { group, modules, withoutModules });
  const { id, outcome } = installed;
  const who = outcome === 'made' ? `, for users of "${group}"` : '';
  const which = `external ids of ${installed.modules.map((module) => `"${module}"`).join(', ')}`;
  return done(`server action ${id}: ${outcome}${who}\n${which}\nodooImport({ serverAction: ${id} })\n`);
}

function namesIn(flag: Flags[string]): readonly string[] | undefined {
  return typeof flag === 'string' ? flag.split(',').map((name) => name.trim()) : undefined;
}

function done(out: string): CommandResult {
  return { out, err: '', code: 0 };
}

function wrong(what: string): CommandResult {
  return { out: '', err: `${what}\n\n${usage}`, code: 1 };
}
