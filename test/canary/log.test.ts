import { expect, it } from 'vitest';
import { createLog } from '../../bot/log.ts';
import { ServiceError } from '../../services/errors.ts';

const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJzZWNyZXQiOjF9.c2lnbmF0dXJl';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = '';
  const log = createLog(
    'debug',
    {},
    {
      write(line) {
        text += line;
      },
    },
  );
  write(log);
  return text;
}

it.each([
  ['a token in a message', (log) => log.info(`took ${JWT} back`)],
  ['a header in a message', (log) => log.info('sent Authorization: Bearer s3cr3t-opaque')],
  ['a token in a field', (log) => log.debug('x', { note: `Bearer ${JWT}` })],
  ['a field of a secret name', (log) => log.warn('x', { refreshToken: 's3cr3t-a', inner: { password: 's3cr3t-b' } })],
  ['the query of a link', (log) => log.info('x', { url: 'https://files.example/a.csv?sig=s3cr3t&e=1' })],
  ['a password in an address', (log) => log.info('x', { url: 'postgres://tarmac:s3cr3t@db.example/x' })],
  ['a form in a message', (log) => log.info('POST grant_type=x&refresh_token=s3cr3t&client_secret=s3cr3t2')],
  ['an error’s message', (log) => log.error('x', { error: new Error(`invalid ${JWT}`) })],
  ['an error’s code', (log) => log.error('x', { error: Object.assign(new Error('x'), { code: `Bearer s3cr3t` }) })],
  ['a cause', (log) => log.error('x', { error: new Error('x', { cause: new Error(`Bearer s3cr3t ${JWT}`) }) })],
  [
    'what a library hung on an error',
    (log) =>
      log.error('x', {
        error: Object.assign(new Error('x'), {
          config: { headers: { authorization: 's3cr3t' } },
          request: { body: 's3cr3t' },
          response: { headers: new Headers({ 'set-cookie': 's3cr3t' }) },
        }),
      }),
  ],
  [
    'the details of our own errors',
    (log) => log.error('x', { error: new ServiceError('graph-unavailable', 'x', { t: 's3cr3t' }) }),
  ],
  ['something thrown that is no error', (log) => log.error('x', { error: `Bearer s3cr3t ${JWT}` })],
] as readonly (readonly [string, (log: ReturnType<typeof createLog>) => void])[])('keeps %s out', (_what, write) => {
  const text = logged(write);
  expect(text).not.toMatch(/s3cr3t|eyJ/);
  expect(JSON.parse(text)).toMatchObject({ level: expect.any(String), time: expect.any(String) });
});

it.each([
  'line one\n{"level":"info","msg":"forged"}',
  '\u001B[2J\u001B[31mred',
  '\r\n\r\nHTTP/1.1 200 OK',
  '"},{"level":"error"',
  '\u2028separator',
])('writes %j as one line of JSON that says just that', (text) => {
  const line = logged((log) => log.info(text, { field: text, error: new Error(text) }));
  expect(line.trimEnd().split('\n')).toHaveLength(1);
  expect(line).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F]/);
  expect(JSON.parse(line)).toMatchObject({ msg: text, field: text, error: { message: text } });
});

it('keeps what is needed to find a cause', () => {
  const error = new ServiceError(
    'partner-center-refused',
    'status 403 from /v1/customers',
    {},
    { cause: new Error('x') },
  );
  const line = JSON.parse(logged((log) => log.warn('could not read', { reference: 'AB12', error })));
  expect(line).toMatchObject({
    msg: 'could not read',
    reference: 'AB12',
    error: { name: 'ServiceError', code: 'partner-center-refused', message: 'status 403 from /v1/customers' },
  });
  expect(line.error.stack).toContain('log.test.ts');
});
