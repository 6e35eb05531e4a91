import type { AdaptiveCard } from '../cards/render.ts';
import { parseSettings, settingsCard } from '../cards/settings/card.ts';
import { createWording, isLanguage, LANGUAGE_NAMES, type Wording } from '../cards/wording/wording.ts';
import { ServiceError } from '../services/errors.ts';
import type { KnownPerson } from '../services/people/people-store.ts';
import { localeOf, type SettingsChange } from '../services/people/settings.ts';
import type { PersonalSettings } from '../services/people/settings-service.ts';
import { say } from './say.ts';
import { type PressReply, type Reply, requirePersonal, type Turn } from './turn.ts';

export type SettingsDialogParts = Readonly<{ settings: PersonalSettings }>;

/** What people choose for themselves: language, quiet hours, which notices. Whoever may get one has something to choose. */
export function createSettingsDialog({ settings }: SettingsDialogParts) {
  async function requireSomebody(turn: Turn): Promise<void> {
    requirePersonal(turn);
    const audience = await turn.audience();
    if (audience === 'stranger' || audience === 'colleague') throw new ServiceError('not-a-rep', 'nothing to choose');
  }

  async function draw(turn: Turn, person: KnownPerson | undefined, justSaved: boolean): Promise<AdaptiveCard> {
    const { language, quiet, digestAt, deviceNotices = true } = person?.settings ?? {};
    const isCustomer = (await turn.audience()) === 'customer';
    return settingsCard(
      {
        timeZone: person?.timeZone,
        justSaved,
        ...(language && isLanguage(language) && { language }),
        ...(quiet && { quiet }),
        digestAt,
        ...(isCustomer && { deviceNotices }),
      },
      justSaved ? wordingOf(person) : turn.wording,
    );
  }

  return {
    async show(turn: Turn): Promise<AdaptiveCard> {
      await requireSomebody(turn);
      return draw(turn, await settings.of(turn.speaker), false);
    },

    async save(turn: Turn, data: unknown): Promise<PressReply | undefined> {
      const chosen = parseSettings(data);
      if (!chosen) return undefined;
      await requireSomebody(turn);
      const { language, quietFrom, quietUntil, digest, devices } = chosen;
      const change: SettingsChange = {
        language: isLanguage(language) ? language : null,
        quiet: quietFrom === 'off' ? null : { from: quietFrom, until: quietUntil },
        ...(digest && { digestAt: digest === 'off' ? null : digest }),
        ...(devices && { deviceNotices: devices === 'on' }),
      };
      return { replace: await draw(turn, await settings.change(turn.speaker, change), true) };
    },

    /** `language` with a language behind it, by its code or its name; alone it shows the card. */
    async language(turn: Turn, named: string): Promise<readonly Reply[]> {
      await requireSomebody(turn);
      const language = languageNamed(named);
      if (!language) return [{ card: await this.show(turn) }];
      const person = await settings.change(turn.speaker, { language });
      return [say({ ...turn, wording: wordingOf(person) }, 'settings.saved')];
    },

    /** One press on a notice: no more of them. */
    async stopDeviceNotices(turn: Turn): Promise<PressReply> {
      await requireSomebody(turn);
      await settings.change(turn.speaker, { deviceNotices: false });
      return { replies: [say(turn, 'settings.devices.stopped')] };
    },
  };
}

export type SettingsDialog = ReturnType<typeof createSettingsDialog>;

/** The words for somebody as they are known now: what was changed in this turn holds in its answer. */
function wordingOf(person: KnownPerson | undefined): Wording {
  return createWording(localeOf(person), person?.timeZone);
}

function languageNamed(text: string): string | undefined {
  const wanted = text.trim().toLowerCase();
  if (isLanguage(wanted)) return wanted;
  return Object.entries(LANGUAGE_NAMES).find(([, name]) => name.toLowerCase() === wanted)?.[0];
}
