import { z } from 'zod';

/** What somebody chose for themselves. Whatever they did not choose is as Teams tells it, or off. */
export type PersonSettings = Readonly<{
  /** A language code such as `sv`. */
  language?: string;
  /** From when to when no notice rings, on their own clock: `HH:MM`, possibly over midnight. */
  quiet?: Readonly<{ from: string; until: string }>;
  /** The full hour on their own clock, `HH:00`, at which one message tells of a day's batches; absent: each by itself. */
  digestAt?: string;
  /** An approver wants to hear of devices registered for their organisation unless they said no. */
  deviceNotices?: boolean;
}>;

/** Changes of settings; `null` takes a choice back. */
export type SettingsChange = Readonly<{ [Name in keyof PersonSettings]: PersonSettings[Name] | null }>;

const orAbsent = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined);
const clock = z.string().regex(/^\d{2}:\d{2}$/);

/** Reads the column; what an older or newer version wrote there and this one does not know is left alone. */
export const settingsColumn = z
  .object({
    language: orAbsent(z.string()),
    quiet: orAbsent(z.object({ from: clock, until: clock })),
    digestAt: orAbsent(clock),
    deviceNotices: orAbsent(z.boolean()),
  })
  .prefault({});

/** The language somebody is written to in: what they chose, otherwise Teams'. Their region stays where it fits. */
export function localeOf(person: Readonly<{ locale?: string; settings?: PersonSettings }> | undefined): string {
  const { locale = 'en', settings } = person ?? {};
  const chosen = settings?.language;
  return chosen && locale.split('-')[0] !== chosen ? chosen : locale;
}
