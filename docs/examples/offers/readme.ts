const marks = /(<!-- offers -->\n)[\s\S]*?(\n<!-- \/offers -->)/;

/** The README with this table between its marks. */
export function withOffers(readme: string, table: string): string {
  if (!marks.test(readme))
    throw new Error('README.md has no place for the table: put <!-- offers --> and <!-- /offers --> there.');
  return readme.replace(marks, (_all, open: string, close: string) => `${open}\n${table}\n${close}`);
}

/** The cells of the table in the README, whatever a formatter made of its blanks. */
export function cellsOf(markdown: string): readonly (readonly string[])[] {
  const table = marks.exec(markdown)?.[0] ?? markdown;
  return table
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim().replace(/^-+$/, '---')));
}
