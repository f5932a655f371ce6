import {
  FieldsOnCorrectTypeRule,
  GraphQLError,
  KnownArgumentNamesRule,
  KnownDirectivesRule,
  NoUndefinedVariablesRule,
  NoUnusedVariablesRule,
  parse,
  ProvidedRequiredArgumentsRule,
  ScalarLeafsRule,
  specifiedRules,
  validate,
  ValuesOfCorrectTypeRule,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { directiveRule, fieldRule, variableRule } from './field-rules.ts';
import { isLackingType, lackingWords } from './lacking.ts';
import { literalRule } from './literal-rule.ts';

// Replaced by rules that speak as the platform does.
const ownWords = new Set<unknown>([
  FieldsOnCorrectTypeRule,
  KnownArgumentNamesRule,
  KnownDirectivesRule,
  NoUndefinedVariablesRule,
  NoUnusedVariablesRule,
  ProvidedRequiredArgumentsRule,
  ScalarLeafsRule,
  ValuesOfCorrectTypeRule,
]);
const rules = [
  ...specifiedRules.filter((rule) => !ownWords.has(rule)),
  fieldRule,
  directiveRule,
  variableRule,
  literalRule,
];

/** An error as it stands in the answer. */
export type WireError = Readonly<Record<string, unknown>>;

/** Reads a document, or says what is wrong with its text. */
export function readDocument(query: string): DocumentNode | readonly WireError[] {
  try {
    return parse(query);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const [where] = error.locations ?? [];
    const at = where ? ` at [${where.line}, ${where.column}]` : '';
    const message = `${error.message.replace(/^Syntax Error: /, 'syntax error, ').replace(/\.$/, '')}${at}`;
    return [{ message, locations: error.locations, extensions: { code: 'PARSE_ERROR' } }];
  }
}

/** What the schema does not allow, in the platform's form. */
export function validationErrors(schema: GraphQLSchema, document: DocumentNode): readonly WireError[] {
  return validate(schema, document, rules).map(({ message, locations, extensions }) => {
    const { rubyPath, ...rest } = extensions;
    const [, unknownType] = /^Unknown type "(\w+)"/.exec(message) ?? [];
    if (unknownType !== undefined && isLackingType(unknownType)) {
      const more = { code: 'FAKE_UNSUPPORTED', fake: true };
      return { message: lackingWords(unknownType), locations, extensions: more };
    }
    // The rules that are not in our words say the same thing in graphql-js's; they have no recorded form.
    return {
      message,
      locations,
      ...(rubyPath === undefined ? {} : { path: rubyPath }),
      extensions: rest['code'] === undefined ? { code: codeOf(message), ...rest } : rest,
    };
  });
}

function codeOf(message: string): string {
  if (/^Variable .* of type .* used in position/.test(message)) return 'variableMismatch';
  if (message.startsWith('Unknown type')) return 'undefinedType';
  if (/^Unknown fragment|^Fragment .* is never used/.test(message)) return 'useAndDefineFragment';
  if (/^Fragment .* cannot be spread/.test(message)) return 'cannotSpreadFragment';
  if (/conflict/.test(message)) return 'fieldConflict';
  return 'invalidDocument';
}
