// The one server that a test project runs against: its url is `inject('postgres')`, and every test makes its own schema.
import { startPostgres } from './postgres-server.mjs';

export default async function setup({ provide }) {
  const server = await startPostgres();
  provide('postgres', server.url);
  return () => server.stop();
}
