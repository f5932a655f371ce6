// Checks that every name which a package exports has a docstring directly above its declaration. A type that is inferred
// from a schema may stand right below it instead: the schema's docstring is its own. Prints one line per name that has
// none; exits 1 if there is any.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Every exported name without a docstring, as `path:line: name`. */
export function docstringProblems(root) {
  const problems = new Set();
  const sources = sourceReader(root);
  const entries = globSync('packages/*/package.json', { cwd: root }).flatMap((file) => entriesOf(root, file));
  for (const entry of entries.toSorted()) {
    for (const { name, file, node } of exportsOf(sources, entry)) {
      const source = sources(file);
      if (isDocumented(source, node) || isInferredBelowItsSchema(source, node)) continue;
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      problems.add(`${file}:${line + 1}: '${name}' is exported and has no docstring directly above it`);
    }
  }
  return [...problems];
}

function sourceReader(root) {
  const read = new Map();
  return (file) => {
    const known = read.get(file);
    if (known) return known;
    const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
    read.set(file, source);
    return source;
  };
}

/** The source files that a package's `exports` name. */
function entriesOf(root, file) {
  const { exports = {} } = JSON.parse(readFileSync(join(root, file), 'utf8'));
  return Object.values(exports)
    .map((target) => target['@crossdock/source'])
    .filter(Boolean)
    .map((source) => join(dirname(file), source));
}

/** What a file exports, by itself and from elsewhere, each with all its declarations: a value and a type may share a name. */
function exportsOf(sources, file, seen = new Set()) {
  if (seen.has(file)) return [];
  seen.add(file);
  return sources(file).statements.flatMap((node) => {
    if (!ts.isExportDeclaration(node)) return isExported(node) ? declared(file, node) : [];
    const names = node.exportClause && ts.isNamedExports(node.exportClause) ? node.exportClause.elements : undefined;
    if (!node.moduleSpecifier) return (names ?? []).flatMap((element) => locals(sources, file, wanted(element)));
    if (!node.moduleSpecifier.text.startsWith('.')) return [];
    const from = join(dirname(file), node.moduleSpecifier.text);
    // A copy of what was seen: the same file may be followed for one name here and for all of them elsewhere.
    const found = exportsOf(sources, from, new Set(seen));
    if (!names) return found;
    return names.flatMap((element) => found.filter(({ name }) => name === wanted(element)));
  });
}

/** A name that is declared or imported in a file and exported by itself: `export { order }`. */
function locals(sources, file, name) {
  return sources(file).statements.flatMap((node) => {
    if (!ts.isImportDeclaration(node)) return declared(file, node).filter((one) => one.name === name);
    const bindings = node.importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings) || !node.moduleSpecifier.text.startsWith('.')) return [];
    const element = bindings.elements.find((one) => one.name.text === name);
    if (!element) return [];
    const from = join(dirname(file), node.moduleSpecifier.text);
    return exportsOf(sources, from).filter((one) => one.name === wanted(element));
  });
}

function wanted(element) {
  return (element.propertyName ?? element.name).text;
}

function isExported(node) {
  return ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function declared(file, node) {
  if (ts.isVariableStatement(node)) {
    return node.declarationList.declarations.flatMap(({ name }) =>
      namesOf(name).map((text) => ({ name: text, file, node })),
    );
  }
  return node.name ? [{ name: node.name.text, file, node }] : [];
}

function namesOf(name) {
  return ts.isIdentifier(name) ? [name.text] : name.elements.flatMap((element) => namesOf(element.name));
}

/** Overloads and merged declarations share the docstring of the first. */
function isDocumented(source, node) {
  const first =
    source.statements.find((other) => other.kind === node.kind && other.name?.text === node.name?.text && other.name) ??
    node;
  const comment = first.jsDoc?.at(-1);
  if (!comment) return false;
  const text = source.text.slice(comment.pos, comment.end).replaceAll(/[/*\s]/g, '');
  const between = source.text.slice(comment.end, first.getStart(source));
  return text !== '' && !/\n[ \t]*\n/.test(between);
}

/** `type Order = z.infer<typeof orderSchema>`, right below the documented `orderSchema`. */
function isInferredBelowItsSchema(source, node) {
  if (!ts.isTypeAliasDeclaration(node) || !ts.isTypeReferenceNode(node.type)) return false;
  const [of] = node.type.typeArguments ?? [];
  if (!/^z\.(infer|output|input)$/.test(node.type.typeName.getText(source)) || !of || !ts.isTypeQueryNode(of))
    return false;
  const schema = of.exprName.getText(source);
  const above = source.statements[source.statements.indexOf(node) - 1];
  const isAbove = above && declared('', above).some(({ name }) => name === schema);
  const isSameSubject = schema.toLowerCase() === `${node.name.text}Schema`.toLowerCase();
  return Boolean(isAbove) && isSameSubject && isDocumented(source, above);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = docstringProblems('.');
  for (const problem of problems) console.error(problem);
  console.log(`docstrings: ${problems.length} problems`);
  process.exitCode = problems.length ? 1 : 0;
}
