/**
 * Whether a topic, or everything that another filter lets through, is let through by a filter of MQTT (+: one level, #: all below, with the
 * level above it; neither at the beginning lets topics through that begin with $).
 */
export function isCovered(topic: string, filter: string): boolean {
  const [levels, wanted] = [topic.split('/'), filter.split('/')]
  if (topic.startsWith('$') && /^[+#]/.test(filter)) return false
  for (const [index, want] of wanted.entries()) {
    if (want === '#') return true
    const level = levels[index]
    if (level === undefined || level === '#') return false
    if (want !== '+' && want !== level) return false
  }
  return levels.length === wanted.length || (levels.length === wanted.length - 1 && wanted.at(-1) === '#')
}
