// A shop that always answers the same, as fast as Node.js can: what is measured is the client. Tells its port to whoever
// forked it.
import { createServer } from 'node:http';

const order = (number) => ({
  id: `gid://shopify/Order/${number}`,
  name: `#${number}`,
  updatedAt: '2026-11-01T12:00:00Z',
  displayFinancialStatus: 'PAID',
  totalPriceSet: { shopMoney: { amount: '10.0', currencyCode: 'USD' } },
  tags: ['vip'],
});
const throttleStatus = { maximumAvailable: 20_000_000, currentlyAvailable: 19_999_999, restoreRate: 1_000_000 };
const body = JSON.stringify({
  data: { orders: { nodes: Array.from({ length: 10 }, (_, index) => order(1001 + index)) } },
  extensions: { cost: { requestedQueryCost: 6, actualQueryCost: 6, throttleStatus } },
});
const headers = {
  'content-type': 'application/json; charset=utf-8',
  'content-length': Buffer.byteLength(body),
  'x-shopify-api-version': '2026-07',
  'x-request-id': '00000000-0000-4000-8000-000000000000',
};

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => response.writeHead(200, headers).end(body));
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
