import { AsyncLocalStorage } from 'node:async_hooks';

/** Remembers which transaction the running code is in, so that a wait for oneself becomes an error instead of silence. */
export interface TransactionGuard {
  /** Runs `work` as the inside of a transaction. */
  inside<T>(work: () => Promise<T>): Promise<T>;
  /** Runs `work` as if no transaction were around it: for callbacks that merely happen to be called from one. */
  outside<T>(work: () => T): T;
  /** @throws Error when called from inside a transaction that is still open. */
  assertOutside(): void;
}

export function createTransactionGuard(): TransactionGuard {
  const current = new AsyncLocalStorage<{ open: boolean } | undefined>();
  return {
    inside(work) {
      const transaction = { open: true };
      // What a transaction leaves running behind it (timers, unawaited calls) may use the database once it has ended.
      return current.run(transaction, () => work().finally(() => (transaction.open = false)));
    },
    outside: (work) => current.run(undefined, work),
    assertOutside() {
      if (current.getStore()?.open) {
        throw new Error('the database was used inside its own transaction: use the tx that was handed in');
      }
    },
  };
}
