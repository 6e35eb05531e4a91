import { jobsContract } from '../../contracts/jobs.contract.ts';
import { databaseKinds } from '../../contracts/test-databases.ts';

for (const kind of databaseKinds()) jobsContract(kind);
