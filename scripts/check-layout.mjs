// Checks what no other tool checks: names, the files every connector has, the length of a file, the words that only
// the clock may say, that pages name files that are there, and that no tracked text names a machine. Prints one line per problem; exits 1 if there is any.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const notConnectors = new Set(['core', 'testing', 'postgres']);
const connectorFiles = ['index', 'connector', 'options', 'client', 'errors', 'statuses'].map((name) => `${name}.ts`);
const ports =
  'orders inventory products categories prices customers fulfillments shipments returns refunds invoices payments purchases receipts webhooks notifications'.split(
    ' ',
  );
// What people call a port when they do not call it by its name.
const nearPorts = new Map([
  ...ports.map((port) => [port.replace(/s$/, ''), port]),
  ['stock', 'inventory'],
  ['stocks', 'inventory'],
  ['stock-levels', 'inventory'],
  ['inventories', 'inventory'],
  ['catalog', 'products'],
  ['category', 'categories'],
  ['catalogue', 'products'],
  ['price-lists', 'prices'],
  ['fulfilments', 'fulfillments'],
  ['fulfilment', 'fulfillments'],
  ['deliveries', 'shipments'],
  ['rmas', 'returns'],
  ['purchase-orders', 'purchases'],
  ['pricing', 'prices'],
  ['messages', 'notifications'],
]);
nearPorts.delete('inventory');
// A connector's files say the port first: `order-pull.ts` stands beside `order-get.ts`, `pull-orders.ts` beside nothing.
const verbs =
  'pull get create cancel push confirm read verify decode request update hold release answer report capture subscribe'.split(
    ' ',
  );
const longest = 400;
const nameless = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'misc']);
const forbiddenWords = [
  [/\bDate\.now\(/, 'Date.now(): ask the clock'],
  [/\bnew Date\(\s*\)/, 'new Date(): ask the clock'],
  [/\bsetTimeout\(/, 'setTimeout(): the clock sleeps'],
  [/\bsetInterval\(/, 'setInterval(): the clock sleeps'],
  [/\bMath\.random\(/, 'Math.random(): take a random source'],
];
const maySayThem = /(^|\/)(clock|random)\.ts$|^packages\/testing\/src\/listen\.ts$/;
const machinePath = /(?<![\w.$~*/-])(\/(home|Users|root|tmp|work|workspaces?|builds)\/[\w.-]|[A-Z]:\\\\?Users\b)/;
const binary = /\.(png|jpe?g|gif|ico|webp|woff2?|pdf|gz|tgz|zip|sqlite|db)$/;

/** Every rule that the tree under `root` breaks, as `path: what`. */
export function layoutProblems(root) {
  const files = filesOf(root);
  return [
    ...files.flatMap(nameProblems),
    ...connectorProblems(root, files),
    ...files.filter((file) => !binary.test(file)).flatMap((file) => textProblems(root, file)),
  ];
}

/** What git tracks or would track. */
function filesOf(root) {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64e6 });
  if (status !== 0) throw new Error(`The layout is checked in a git checkout only: ${stderr}`);
  return stdout.split('\0').filter((file) => file && existsSync(join(root, file)));
}

function nameProblems(file) {
  const problems = [];
  for (const part of file.split('/').filter((name) => !name.startsWith('.'))) {
    const stem = part.split('.')[0];
    if (nameless.has(stem)) problems.push(`${file}: '${stem}' names no subject`);
    if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/.test(part) && !/^(LICENSE|NOTICE|[A-Z]+\.md)$/.test(part)) {
      problems.push(`${file}: '${part}' is not kebab-case`);
    }
  }
  return problems;
}

function connectorProblems(root, files) {
  const packages = new Set(files.flatMap((file) => /^packages\/([^/]+)\/package\.json$/.exec(file)?.[1] ?? []));
  return [...packages].filter((name) => !notConnectors.has(name)).flatMap((name) => packageProblems(root, files, name));
}

/** A package is one connector, or has a folder for each of several, whose entry stands beside it and not in it. */
function packageProblems(root, files, name) {
  const src = `packages/${name}/src`;
  const own = files.filter((file) => file.startsWith(`${src}/`)).map((file) => file.slice(src.length + 1));
  const profiles = [...new Set(own.flatMap((file) => /^([^/]+)\/connector\.ts$/.exec(file)?.[1] ?? []))];
  if (profiles.length === 0) return folderProblems(root, src, own, connectorFiles);
  const entries = ['index.ts', ...profiles.map((profile) => `${profile}.ts`)];
  return [
    ...entries.filter((file) => !own.includes(file)).map((file) => `${src}/${file}: every connector has it`),
    ...profiles.flatMap((profile) => {
      const inside = own.filter((file) => file.startsWith(`${profile}/`)).map((file) => file.slice(profile.length + 1));
      const required = connectorFiles.filter((file) => file !== 'index.ts');
      return folderProblems(root, `${src}/${profile}`, inside, required);
    }),
  ];
}

function folderProblems(root, folder, own, required) {
  const missing = required.filter((file) => !own.includes(file));
  if (!own.some((file) => file.startsWith('wire/'))) missing.push('wire/');
  return [
    ...missing.map((file) => `${folder}/${file}: every connector has it`),
    ...own.filter((file) => !file.includes('/')).flatMap((file) => portProblems(root, `${folder}/${file}`)),
  ];
}

function portProblems(root, file) {
  const stem = file.slice(file.lastIndexOf('/') + 1, -'.ts'.length);
  const [verb, ...nouns] = stem.split('-');
  if (verbs.includes(verb) && nouns.length > 0) {
    return [`${file}: begins with '${verb}'; say the noun first, as in '${nouns.join('-')}-${verb}.ts'`];
  }
  if (nearPorts.has(stem)) return [`${file}: the port is called '${nearPorts.get(stem)}', and so is its file`];
  if (ports.includes(stem) || connectorFiles.includes(`${stem}.ts`)) return [];
  const implemented = /\bPortCatalogue\['(\w+)'\]/.exec(readFileSync(join(root, file), 'utf8'))?.[1];
  return implemented ? [`${file}: has the port '${implemented}', which belongs in ${implemented}.ts`] : [];
}

function textProblems(root, file) {
  const problems = [];
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  const registry = registryHosts();
  const isSource = /^packages\/[^/]+\/src\/.+\.ts$/.test(file);
  // What is generated is read by the compiler, and by nobody else.
  const isLong = lines.length - 1 > longest && !file.endsWith('.generated.ts');
  if (isSource && isLong) problems.push(`${file}: ${lines.length - 1} lines, at most ${longest}`);
  for (const [index, line] of lines.entries()) {
    const at = `${file}:${index + 1}`;
    if (machinePath.test(line)) problems.push(`${at}: names a path of a machine`);
    if (file.endsWith('.md'))
      problems.push(...goneFiles(root, line).map((path) => `${at}: names '${path}', which is not there`));
    if (registry.test(line)) problems.push(`${at}: names a package registry`);
    const code = line.replace(/(^|\s)(\/\/|\/?\*).*/, '');
    if (!isSource || !code) continue;
    if (/\bprocess\.env\b/.test(code)) problems.push(`${at}: process.env: options come from whoever calls`);
    if (maySayThem.test(file)) continue;
    for (const [pattern, what] of forbiddenWords) if (pattern.test(code)) problems.push(`${at}: ${what}`);
  }
  return problems;
}

/** The paths that a line of a page names and that lead nowhere. One with a gap in it stands for many. */
function goneFiles(root, line) {
  const named = [...line.matchAll(/`((?:packages|docs|scripts)\/[^`\s]*)`/g)].map(([, path]) => path);
  return named.filter((path) => !/[…*<{]/.test(path) && !existsSync(join(root, path)));
}

/** The public registries' hosts and the one this machine uses. */
function registryHosts() {
  const configured = process.env['npm_config_registry'];
  const host = configured && URL.canParse(configured) ? new URL(configured).host : '';
  const own = host.includes('.') ? [host.replaceAll('.', String.raw`\.`)] : [];
  return new RegExp([String.raw`\bregistry\.[\w-]+\.\w+`, String.raw`\bnpm\.pkg\.github\b`, ...own].join('|'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = layoutProblems('.');
  for (const problem of problems) console.error(problem);
  console.log(`layout: ${problems.length} problems`);
  process.exitCode = problems.length ? 1 : 0;
}
