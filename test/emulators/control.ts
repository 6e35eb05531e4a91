import { FaultSchema, type Faults } from './faults.ts';
import { type Answer, CONTROL, jsonOf, type Received } from './http.ts';
import type { Journal } from './journal.ts';
import type { Route } from './routes.ts';

/** Journal and faults over HTTP, for tests whose emulators live in another process. Every emulator has these. */
export function sharedControlRoutes(journal: Journal, faults: Faults): Route[] {
  return [
    { method: 'GET', path: `${CONTROL}journal`, handle: (request) => readJournal(request, journal) },
    { method: 'GET', path: `${CONTROL}faults`, handle: () => ({ status: 200, body: faults.pending() }) },
    { method: 'POST', path: `${CONTROL}faults`, handle: (request) => addFault(request, faults) },
    { method: 'DELETE', path: `${CONTROL}faults`, handle: () => clearFaults(faults) },
  ];
}

/** `?service=&method=&path=`, as in `journal.find`. */
function readJournal({ url }: Received, journal: Journal): Answer {
  const [service, method, path] = ['service', 'method', 'path'].map((name) => url.searchParams.get(name) ?? undefined);
  return { status: 200, body: journal.find({ service, method, path }) };
}

function addFault(request: Received, faults: Faults): Answer {
  const fault = FaultSchema.safeParse(jsonOf(request));
  if (!fault.success) return { status: 400, body: { error: fault.error.message } };
  faults.add(fault.data);
  return { status: 204 };
}

function clearFaults(faults: Faults): Answer {
  faults.clear();
  return { status: 204 };
}
