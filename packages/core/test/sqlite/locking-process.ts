// Keeps a file locked until it is killed or told to end. Says when it has it.
import { writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const [file = '', how = ''] = process.argv.slice(2);
const database = new DatabaseSync(file);
if (how === 'exclusive') database.exec('pragma locking_mode = exclusive');
database.exec('begin immediate');
if (how === 'half written') database.exec("insert into cursors (name, cursor) values ('theirs', 'half')");
writeSync(1, 'locked\n');
process.stdin.on('data', () => {
  database.exec('rollback');
  database.close();
  process.exit(0);
});
