// Type-checks every ```ts block of the documentation (a block marked ```ts no-check is left out): each becomes a
// module in docs/.snippets, where the workspace's packages resolve to their sources.
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const out = 'docs/.snippets';
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
writeFileSync(`${out}/tsconfig.json`, JSON.stringify({ extends: '../../tsconfig.json', include: ['*.ts'] }));
let count = 0;
for (const file of globSync(['*.md', 'docs/**/*.md', 'packages/*/*.md'], {
  exclude: (path) => /node_modules|^docs\/api/.test(path),
})) {
  const text = readFileSync(file, 'utf8');
  for (const { 1: code, index } of text.matchAll(/^```ts[ \t]*\n([\s\S]*?)^```/gm)) {
    const line = text.slice(0, index).split('\n').length;
    writeFileSync(`${out}/${file.replaceAll(/[/.]/g, '-')}-line-${line}.ts`, `${code}\nexport {};\n`);
    count++;
  }
}
const { status } = count
  ? spawnSync('tsc', ['-p', out], { stdio: 'inherit', shell: process.platform === 'win32' })
  : { status: 0 };
console.log(`${count} snippets, ${status === 0 ? 'all compile' : 'not all compile'}`);
process.exitCode = status ?? 1;
