/** The server that several processes share; `undefined` where the suites of many machines cannot run. */
export function sharedServer(): string | undefined {
  const url = process.env.TEST_DATABASE_URL;
  if (url) return url;
  if (process.env.REQUIRE_SERVER_DATABASE === '1') {
    throw new Error('REQUIRE_SERVER_DATABASE is 1 but TEST_DATABASE_URL is not set: start one with test/postgres.sh');
  }
  console.warn('NOT RUN: the suites of several processes on one server, because TEST_DATABASE_URL is not set.');
  return undefined;
}
