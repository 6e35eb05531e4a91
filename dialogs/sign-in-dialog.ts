import { MAX_NAME_CHARS } from '../cards/customer.ts';
import { roleNames } from '../cards/relationship-request/roles.ts';
import { plain } from '../cards/text.ts';
import type { RoleReading } from '../services/access/directory-roles.ts';
import type { RoleReader } from '../services/access/role-reader.ts';
import { ServiceError } from '../services/errors.ts';
import type { Log } from '../services/log.ts';
import type { RelationshipService } from '../services/relationships/relationship-service.ts';
import { say } from './say.ts';
import { type Reply, requirePersonal, type SignIn, type Turn } from './turn.ts';
import type { Views } from './views.ts';

export type SignInDialogParts = Readonly<{
  relationships: RelationshipService;
  roles: RoleReader;
  views: Pick<Views, 'requestCard'>;
  log: Log;
}>;

/** How a token that somebody's Teams client sent, or the code at the end of their sign-in, was taken. */
export type SignedIn = Readonly<{ ok: boolean; replies: readonly Reply[] }>;

type Noted = Readonly<{ reading: RoleReading; isNews: boolean }>;

/**
 * Single sign-on of approvers: their directory roles are read once, with a token of their own, and shown beside their
 * answer. It opens and closes nothing: who may answer is decided without it, and the role is Microsoft's to judge.
 */
export function createSignInDialog({ relationships, roles, views, log }: SignInDialogParts) {
  /** Reads and notes the speaker's roles; `undefined` when Microsoft no longer takes the token. */
  async function note({ speaker }: Turn, signIn: SignIn, token: string): Promise<Noted | undefined> {
    const reading = await roles.read(token, speaker).catch(async (error: unknown) => {
      if (error instanceof ServiceError && error.code === 'sign-in-other-person') await signIn.forget();
      throw error;
    });
    return reading && { reading, isNews: await relationships.noteRoles(speaker, reading) };
  }

  /** Who they are signed in as, and what waits for them, as it stands now. */
  async function told(turn: Turn, reading: RoleReading): Promise<readonly Reply[]> {
    const { speaker, wording } = turn;
    const open = await relationships.openFor(speaker);
    const names = roleNames(reading, wording);
    const name = plain(speaker.name, MAX_NAME_CHARS);
    const domain = plain(open[0]?.customer.domain ?? '', MAX_NAME_CHARS);
    const cards = open.map(async (request) => ({ card: await views.requestCard(request, 'approver', wording) }));
    return [
      names ? say(turn, 'signIn.has', { name, roles: names, domain }) : say(turn, 'signIn.none', { name }),
      ...(await Promise.all(cards)),
    ];
  }

  async function offer({ wording }: Turn, signIn: SignIn): Promise<Reply> {
    const text = wording.say('signIn.ask');
    return { signIn: { ...(await signIn.offer()), text, button: wording.say('signIn.button') } };
  }

  return {
    /**
     * Reads the roles at once where Microsoft has a token for the speaker, and offers to sign in where not.
     *
     * @throws ServiceError `sign-in-not-needed` for everybody whom no request waits for.
     */
    async start(turn: Turn): Promise<readonly Reply[]> {
      requirePersonal(turn);
      const { signIn, speaker } = turn;
      if ((await relationships.openFor(speaker)).length === 0) {
        throw new ServiceError('sign-in-not-needed', `no request waits for ${speaker.userId}`);
      }
      if (!signIn) return [say(turn, 'signIn.notSetUp')];
      const token = await signIn.token();
      const noted = token === undefined ? undefined : await note(turn, signIn, token);
      return noted ? told(turn, noted.reading) : [await offer(turn, signIn)];
    },

    /** The speaker's Teams client sent a token of theirs, without a word from them. Each of their clients does. */
    async exchanged(turn: Turn, clientToken: string): Promise<SignedIn> {
      const token = await turn.signIn?.exchange(clientToken);
      const noted = turn.signIn && token ? await note(turn, turn.signIn, token) : undefined;
      if (!noted) return { ok: false, replies: [] };
      return { ok: true, replies: noted.isNews ? await told(turn, noted.reading) : [] };
    },

    /** The speaker signed in by hand, and Teams brings the code that proves it. */
    async verified(turn: Turn, code: string): Promise<SignedIn> {
      const token = await turn.signIn?.token(code);
      const noted = turn.signIn && token ? await note(turn, turn.signIn, token) : undefined;
      return noted ? { ok: true, replies: await told(turn, noted.reading) } : { ok: false, replies: [failed(turn)] };
    },

    failed: (turn: Turn): readonly Reply[] => [failed(turn)],

    /**
     * What Entra says about the speaker at this moment, for the evidence of their answer; `undefined` where they did not
     * sign in. Nothing that fails here stops an answer.
     */
    async readNow({ signIn, speaker }: Turn): Promise<RoleReading | undefined> {
      try {
        const token = await signIn?.token();
        return token === undefined ? undefined : await roles.read(token, speaker);
      } catch (error) {
        log.warn('an approver’s roles could not be read', { error });
        return undefined;
      }
    },

    /** Ends the sign-in to Tarmac; what was read for a request stays with it, with its time. */
    async signOut(turn: Turn): Promise<readonly Reply[]> {
      requirePersonal(turn);
      if (!turn.signIn) return [say(turn, 'signIn.notSetUp')];
      await turn.signIn.forget();
      return [say(turn, 'signIn.out')];
    },
  };
}

export type SignInDialog = ReturnType<typeof createSignInDialog>;

function failed(turn: Turn): Reply {
  return say(turn, 'signIn.failed');
}
