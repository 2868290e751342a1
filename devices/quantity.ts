/** What can be measured, with its unit and the values that can be true in a classroom, both ends inclusive; others are impossible. */
export const quantities = {
  /** People in the room now. */
  people: { unit: 'person', min: 0, max: 2000 },
  /** Through the door since the counter started; a counter that falls has started anew. */
  'in-total': { unit: 'person', min: 0, max: 4_294_967_295 },
  'out-total': { unit: 'person', min: 0, max: 4_294_967_295 },
  /** Through the door since the message before. */
  'in-period': { unit: 'person', min: 0, max: 65_535 },
  'out-period': { unit: 'person', min: 0, max: 65_535 },
  /** 1: somebody is there; says nothing about how many. */
  presence: { unit: 'yes-no', min: 0, max: 1 },
  temperature: { unit: '°C', min: -40, max: 60 },
  humidity: { unit: '%', min: 0, max: 100 },
  /** Outdoor air has about 420 ppm: a sensor that says less than 250 is broken, or means something else. */
  co2: { unit: 'ppm', min: 250, max: 10_000 },
  illuminance: { unit: 'lx', min: 0, max: 200_000 },
  battery: { unit: '%', min: 0, max: 100 },
} as const satisfies Record<string, { unit: string; min: number; max: number }>

export type Quantity = keyof typeof quantities

export const quantityNames = Object.keys(quantities) as Quantity[]

/** Whether a value can be true at all. */
export function isPossible(quantity: Quantity, value: number): boolean {
  const { min, max } = quantities[quantity]
  return Number.isFinite(value) && value >= min && value <= max
}
