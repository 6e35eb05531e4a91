import { databaseContract } from '../../contracts/database.contract.ts';
import { databaseKinds } from '../../contracts/test-databases.ts';

for (const kind of databaseKinds()) databaseContract(kind);
