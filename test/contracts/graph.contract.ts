import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SharedFiles } from '../../services/devices/ports.ts';
import type { TenantId, UserId } from '../../services/identity.ts';
import type { GroupDirectory, Mailer, Tenant, TenantDirectory } from '../../services/relationships/ports.ts';

/** A Graph in which one customer, one user and the user's groups are known. */
export type GraphWorld = Readonly<{
  ports: TenantDirectory & GroupDirectory & Mailer & SharedFiles;
  known: Tenant;
  /** A domain of the known tenant that people use. */
  domain: string;
  unknownTenant: TenantId;
  member: UserId;
  memberGroup: string;
  otherGroups: readonly string[];
  unknownUser: UserId;
  forbidMail(): void;
  /** Links as people copy them. */
  links: Readonly<{ file: string; folder: string; nowhere: string }>;
  forbidFiles(): void;
  close(): Promise<void>;
}>;

/** What the ports promise, whoever stands behind them. */
export function graphContract(name: string, open: () => Promise<GraphWorld>): void {
  describe(`${name} as Graph`, () => {
    let world: GraphWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());

    it('finds a tenant by any of its domains and by id', async () => {
      expect(await world.ports.findByDomain(world.domain)).toEqual(world.known);
      expect(await world.ports.findByDomain(world.known.domain.toUpperCase())).toEqual(world.known);
      expect(await world.ports.findById(world.known.tenantId)).toEqual(world.known);
    });

    it('finds nothing where there is nothing', async () => {
      expect(await world.ports.findByDomain('nobody.example')).toBeUndefined();
      expect(await world.ports.findById(world.unknownTenant)).toBeUndefined();
    });

    it('tells which of many groups a user belongs to', async () => {
      const asked = [...world.otherGroups, ...manyGroups(40), world.memberGroup];
      expect([...(await world.ports.memberOf(world.member, asked))]).toEqual([world.memberGroup]);
      expect((await world.ports.memberOf(world.unknownUser, asked)).size).toBe(0);
    });

    it('finds a file by its link, and says when a link leads to none', async () => {
      const { file, folder, nowhere } = world.links;
      const found = await world.ports.findShared(file);
      expect(found.name).toBe('list 1.csv');
      expect((await fetch(found.downloadUrl)).status).toBe(200); // without a token
      for (const link of [folder, nowhere])
        await expect(world.ports.findShared(link)).rejects.toMatchObject({ code: 'link-not-found' });
    });

    it('says when it may not read files by their link', async () => {
      world.forbidFiles();
      await expect(world.ports.findShared(world.links.file)).rejects.toMatchObject({ code: 'link-not-allowed' });
    });

    it('names the people of a group, and nobody where there is no such group', async () => {
      expect((await world.ports.peopleOf(world.memberGroup)).map(({ userId }) => userId)).toContain(world.member);
      expect(await world.ports.peopleOf(manyGroups(1)[0] ?? '')).toEqual([]);
    });

    it('sends mail until it may not', async () => {
      const mail = { to: 'anna@contoso.example', subject: 'Hello', text: 'Line one\nLine two' };
      await expect(world.ports.send(world.member, mail)).resolves.toBeUndefined();
      world.forbidMail();
      await expect(world.ports.send(world.member, mail)).rejects.toMatchObject({ code: 'mail-not-allowed' });
    });
  });
}

function manyGroups(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `9b000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
}
