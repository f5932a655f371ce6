// A platform that answers every request with the same 2 KB of JSON. Tells its port to whoever forked it.
import { createServer } from 'node:http';

const body = JSON.stringify({ id: 1, note: 'x'.repeat(2000) });
const headers = { 'content-type': 'application/json', 'content-length': body.length, 'x-left': '1000000' };
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, headers).end(body);
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address()?.port));
process.on('disconnect', () => process.exit());
