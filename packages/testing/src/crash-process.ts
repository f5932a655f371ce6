import { enableCompileCache } from 'node:module';

// A process of the crash harness: the program under test, or a runner that plays stories. It is started, and not imported.
const [role, module = ''] = process.argv.slice(2);
enableCompileCache();
const { worldOf } = await import('./crash/node-world.ts');
const world = await worldOf(module);
if (role === 'runner') {
  const { serveRunner } = await import('./crash/node-runner.ts');
  serveRunner(world, module);
} else {
  const { serveProgram } = await import('./crash/node-program.ts');
  serveProgram(world);
}
