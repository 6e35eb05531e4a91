/**
 * A bot that is ready, remembers what it hears and dies when told to. Plain JavaScript in a text, since a child process
 * cannot load TypeScript on every Node we support.
 */
export const STUB_BOT = `
import { createServer } from 'node:http';
import { mkdirSync, writeFileSync } from 'node:fs';
const { PORT, HOST, DATA_DIR } = process.env;
mkdirSync(DATA_DIR, { recursive: true });
writeFileSync(DATA_DIR + '/environment.json', JSON.stringify(process.env));
const heard = [];
const server = createServer((request, response) => {
  if (request.url === '/health/ready') return response.end('{}');
  if (request.url === '/heard') return response.end(JSON.stringify(heard));
  if (request.url === '/die') { console.error('the stub was told to die'); process.exit(3); }
  let text = '';
  request.on('data', (chunk) => { text += chunk; }).on('end', () => { heard.push(JSON.parse(text)); response.end(); });
});
server.listen(Number(PORT), HOST);
process.on('SIGTERM', () => { server.close(); server.closeAllConnections(); });
`;
