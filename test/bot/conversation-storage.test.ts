import { MemoryStorage } from 'botbuilder';
import { createConversationStorage } from '../../bot/conversation-storage.ts';
import { migrate } from '../../services/storage/migrations.ts';
import { MIGRATIONS } from '../../services/storage/schema/migrations.ts';
import { conversationStorageContract } from '../contracts/conversation-storage.contract.ts';
import { databaseKinds, quietLog } from '../contracts/test-databases.ts';

conversationStorageContract({
  name: "botbuilder's MemoryStorage",
  start: async () => ({ storage: new MemoryStorage(), stop: async () => {} }),
});

for (const kind of databaseKinds()) {
  conversationStorageContract({
    name: kind.name,
    start: async () => {
      const test = await kind.create();
      await migrate(test.database, MIGRATIONS, quietLog);
      return { storage: createConversationStorage(test.database), stop: test.remove };
    },
  });
}
