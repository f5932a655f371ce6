import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

/** The lines between the region's marks, without their common indentation. */
function region(source: string, name: string): string {
  const body = new RegExp(`// #region ${name}\\n([\\s\\S]*?)[ ]*// #endregion ${name}`).exec(source)?.[1];
  if (body === undefined) throw new Error(`The example has no region "${name}".`);
  const indent = Math.min(...body.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.search(/\S/)])));
  return body
    .split('\n')
    .map((line) => line.slice(indent))
    .join('\n')
    .trim();
}

it.each(['wiring', 'running'])('the README shows the %s that is tested here', async (name) => {
  const shown = region(await read('wiring/wiring.ts'), name);
  expect(shown.length).toBeGreaterThan(100);
  expect(await read('../../README.md')).toContain(shown);
});
