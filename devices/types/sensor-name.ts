import type { Quantity } from '../quantity.ts'

/** What a sensor's id ends in, longest first. */
const byEnding: readonly [string, Quantity][] = [
  ['temperature', 'temperature'],
  ['illuminance', 'illuminance'],
  ['people_out', 'out-total'],
  ['people_in', 'in-total'],
  ['humidity', 'humidity'],
  ['battery', 'battery'],
  ['people', 'people'],
  ['co2', 'co2'],
]

/** What a sensor measures by its id, and which of several like sensors it is (what stands before); null: the id does not say. */
export function readSensorName(name: string): { quantity: Quantity; channel: string } | null {
  const found = byEnding.find(([ending]) => name === ending || name.endsWith(`_${ending}`))
  if (!found) return null
  const [ending, quantity] = found
  return { quantity, channel: name.slice(0, name.length - ending.length).replace(/_$/, '') }
}
