import { crashCommand } from '@crossdock/testing/crash';
import world from './world.ts';

process.exitCode = await crashCommand(world, process.argv.slice(2));
