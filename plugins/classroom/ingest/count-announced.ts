import type { AnnouncedTopics } from './follow-announcements.ts'

/** Counts what devices have announced, with what the messages of a batch announced that are judged already and not stored yet. */
export function countAnnounced({ countsOf }: Pick<AnnouncedTopics, 'countsOf'>) {
  const noted = new Map<string, Map<string, number>>()
  return {
    /** How much a device has announced at other topics than this one. */
    count(deviceName: string, exceptAt: string): number {
      const all = new Map([...countsOf(deviceName), ...(noted.get(deviceName) ?? [])])
      all.delete(exceptAt)
      return [...all.values()].reduce((sum, count) => sum + count, 0)
    },
    note(topic: string, { deviceName, entries }: { deviceName: string; entries: readonly unknown[] }): void {
      const own = noted.get(deviceName) ?? new Map<string, number>()
      noted.set(deviceName, own.set(topic, entries.length))
    },
  }
}
