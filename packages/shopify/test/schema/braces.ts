const widest = 96;

/** Members in braces: on one line where they fit, else one a line. */
export function inBraces(members: readonly string[]): string {
  const line = `{ ${members.map((member) => `${member};`).join(' ')} }`.replace(/; \}$/, ' }');
  if (line.length <= widest && !line.includes('\n')) return line;
  const lines = members.flatMap((member) => `${member};`.split('\n').map((each) => `  ${each}`));
  return ['{', ...lines, '}'].join('\n');
}
