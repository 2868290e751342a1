import { usualTimeZone } from '@ustaz/core/plugin'
import type { PluginContext } from '@ustaz/core/plugin'
import { z } from 'zod'

/** What a university may set; everything has a default. */
export const settingsSchema = z.object({
  /** Share of a lesson's minutes that must be observed for it to have a value, 0 to 1. */
  minimumCoverage: z.number().min(0).max(1).default(0.5),
  /** Lessons with a value that a teacher needs for an indicator. */
  minimumLessons: z.int().min(1).default(5),
  /** Lessons of others that a comparison needs. */
  minimumPeers: z.int().min(1).default(5),
  /** Whether sensors count the teacher too: one person is then taken off. */
  teacherCounted: z.boolean().default(true),
  /** Standard deviation of what a sensor counts, as a share of the people: found by counting by hand beside it. */
  countError: z.number().min(0).max(1).default(0.05),
  /** A lesson below this many degrees is marked as cold. */
  coldBelow: z.number().default(18),
  /** A lesson above this much CO2 (ppm) is marked as stuffy. */
  stuffyAbove: z.number().default(1400),
  /** Days for which a reading may come late. */
  lateDays: z.int().min(1).max(366).default(45),
  /** Months for which single readings are kept; afterwards hourly figures are. */
  keepMonths: z.int().min(2).default(24),
})
export type ClassroomSettings = z.output<typeof settingsSchema> & {
  /** The university's: of the timetable and of devices that show local time. */
  timeZone: string
}

export function settingsOf({
  settings,
  timeZone,
}: Pick<PluginContext<never>, 'settings' | 'timeZone'>): ClassroomSettings {
  return { ...(settings as z.output<typeof settingsSchema>), timeZone }
}

/** What holds where nothing was set. Indicators are asked without settings, so that the same data give the same facts on any machine. */
export const defaults: ClassroomSettings = { ...settingsSchema.parse({}), timeZone: usualTimeZone }
