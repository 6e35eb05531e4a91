import type { AdaptiveCard } from '../cards/render.ts';
import { plain } from '../cards/text.ts';
import type { BatchService } from '../services/devices/batch-service.ts';
import type { ApplyProfileDialog } from './apply-profile-dialog.ts';
import { type Command, guessCommand, parseCommand, wordFor } from './commands.ts';
import type { DoctorDialog } from './doctor-dialog.ts';
import type { ExportDialog } from './export-dialog.ts';
import type { FindDialog } from './find-dialog.ts';
import type { NotifyDialog } from './notify-dialog.ts';
import type { OverviewDialog } from './overview-dialog.ts';
import type { ProfilesDialog } from './profiles-dialog.ts';
import type { RegisterDialog } from './register-dialog.ts';
import type { RemovalDialog } from './removal-dialog.ts';
import type { RequestDialog } from './request-dialog.ts';
import { say } from './say.ts';
import type { SettingsDialog } from './settings-dialog.ts';
import type { SignInDialog } from './sign-in-dialog.ts';
import type { SurfaceDialog } from './surface-dialog.ts';
import type { Reply, Said, Turn } from './turn.ts';

export type Dialogs = Readonly<{
  applyProfile: ApplyProfileDialog;
  exporting: ExportDialog;
  request: RequestDialog;
  register: RegisterDialog;
  find: FindDialog;
  removal: RemovalDialog;
  surface: SurfaceDialog;
  profiles: ProfilesDialog;
  overview: OverviewDialog;
  doctor: DoctorDialog;
  signIn: SignInDialog;
  settings: SettingsDialog;
  notify: NotifyDialog;
}>;
export type ConversationParts = Dialogs &
  Readonly<{
    batches: BatchService;
    /** The requests that wait for this speaker's answer or for their step two, as their cards show them now. */
    openRequests: (turn: Turn) => Promise<readonly AdaptiveCard[]>;
  }>;

/** Listens: a command first, then what the conversation is in the middle of, and never without an answer. */
export function createConversation(parts: ConversationParts) {
  const { request, register, overview, find, removal, surface, profiles, signIn, settings, notify, doctor } = parts;

  const commands: Readonly<Record<Command, (turn: Turn, rest: string) => Promise<readonly Reply[]>>> = {
    request: (turn, rest) => request.start(turn, rest),
    register: (turn, rest) => register.start(turn, rest),
    requests: async (turn) => [{ card: await overview.requests(turn) }],
    customers: async (turn, rest) => [{ card: await overview.customers(turn, rest) }],
    batches: async (turn, rest) => [{ card: await overview.batches(turn, rest.slice(0, 100)) }],
    find: (turn, rest) => find.start(turn, rest),
    surface: async (turn, rest) => [{ card: await surface.start(turn, rest) }],
    deregister: (turn, rest) => removal.start(turn, rest),
    profiles: (turn, rest) => profiles.start(turn, rest),
    status: async (turn) => [{ card: await overview.status(turn) }],
    doctor: async (turn) => {
      await doctor.start(turn); // its card comes as a message of its own
      return [];
    },
    help: async (turn) => [{ card: await overview.help(turn) }],
    cancel: (turn) => cancel(turn),
    settings: async (turn) => [{ card: await settings.show(turn) }],
    notify: (turn, rest) => notify.start(turn, rest),
    language: (turn, rest) => settings.language(turn, rest),
    'sign-in': (turn) => signIn.start(turn),
    'sign-out': (turn) => signIn.signOut(turn),
  };

  async function cancel(turn: Turn): Promise<readonly Reply[]> {
    const { memory } = turn;
    if (memory.removalId) {
      const { replace } = await removal.cancel(turn);
      return replace ? [{ card: replace }] : [];
    }
    if (memory.batchId) {
      await register.cancel(turn, memory.batchId);
      memory.request = undefined;
      return [say(turn, 'chat.cancelled')];
    }
    if (!memory.request) return [say(turn, 'chat.cancel.nothing')];
    memory.request = undefined;
    return [say(turn, 'chat.cancelled')];
  }

  /**
   * Who is no rep. Approvers need to type nothing: whatever they say in their own chat, what waits for them is shown again.
   * Everybody else is told what they can do.
   */
  async function hearOutsider(turn: Turn, said: Said): Promise<readonly Reply[]> {
    const { command, rest = '' } = parseCommand(said.text) ?? {};
    if (command === 'sign-in' || command === 'sign-out') return commands[command](turn, '');
    if (command === 'settings' || command === 'language') return commands[command](turn, rest);
    if (command === 'doctor') return commands.doctor(turn, ''); // administrators need not be reps
    const isHelp = command === 'help';
    const open = isHelp || turn.place.kind !== 'personal' ? [] : await parts.openRequests(turn);
    if (open.length > 0) return open.map((card) => ({ card }));
    return [{ card: await overview.help(turn) }];
  }

  async function isOpenDraft(turn: Turn): Promise<boolean> {
    const { batchId } = turn.memory;
    if (!batchId) return false;
    const { state } = await parts.batches.find(batchId);
    if (state !== 'draft') turn.memory.batchId = undefined;
    return state === 'draft';
  }

  /** Words nobody understood: the nearest command as a suggestion, or the way to help. */
  async function unknown(turn: Turn, said: Said): Promise<Reply> {
    const isList = said.files.length > 0 || looksLikeList(said.text);
    const offered = isList && said.files.length === 0 ? find.offer(turn, said.text) : undefined;
    if (isList) return offered ?? say(turn, 'chat.registerFirst');
    const text = plain(said.text, 60);
    if (text === '') return { card: await overview.help(turn) };
    const guess = guessCommand(said.text);
    return guess
      ? say(turn, 'chat.suggest', { text, command: wordFor(guess, turn.wording) })
      : say(turn, 'chat.unknown', { text });
  }

  return {
    async hear(turn: Turn, said: Said): Promise<readonly Reply[]> {
      if ((await turn.audience()) !== 'rep') return hearOutsider(turn, said);
      const isList = said.files.length > 0 || looksLikeList(said.text);
      const commanded = parseCommand(said.text);
      if (commanded && (!isList || TAKES_NUMBERS.has(commanded.command)))
        return commands[commanded.command](turn, commanded.rest);
      const { batchId, removalId } = turn.memory;
      if (removalId && (await removal.isOpen(turn))) return removal.hear(turn, removalId, said);
      if (batchId && (await isOpenDraft(turn))) return register.hear(turn, batchId, said);
      return [await unknown(turn, said)];
    },
  };
}

/** Commands that are about the numbers behind them: there a long number makes no list. */
const TAKES_NUMBERS: ReadonlySet<Command> = new Set(['find']);

/** A list may begin with a word that is a command, too: several lines or a long number make it a list. */
function looksLikeList(text: string): boolean {
  return /(?<![0-9a-f-])\d{9,}(?![0-9a-f-])/i.test(text) || text.trim().split('\n').length > 3;
}

export type Conversation = ReturnType<typeof createConversation>;
