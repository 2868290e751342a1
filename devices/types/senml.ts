import { z } from 'zod'
import { defineMessage, reading } from '../device-type.ts'
import type { DeviceType, Reading } from '../device-type.ts'
import { MessageFault } from '../fault.ts'
import type { Quantity } from '../quantity.ts'

const number = z.number().optional()
/** RFC 8428, section 4 (labels of the JSON form, table 1). */
const record = z.looseObject({
  bn: z.string().optional(),
  bt: number,
  bu: z.string().optional(),
  bv: number,
  bs: number,
  bver: z.int().positive().optional(),
  n: z.string().optional(),
  u: z.string().optional(),
  v: number,
  vs: z.string().optional(),
  vb: z.boolean().optional(),
  vd: z.string().optional(),
  s: number,
  t: number,
  ut: number,
})
type SenmlRecord = z.output<typeof record>

/** A record with all base values worked in (RFC 8428, section 4.6); `value` null: it has text, data, or a sum only. */
export interface ResolvedRecord {
  name: string
  unit: string
  at: Date
  value: number | null
  /** The integrated value over time; null: none. */
  sum: number | null
}

/** Below 2^28 a time is relative to now, from there on seconds since 1970 (section 4.5.3). */
const relativeBelow = 2 ** 28
/** The newest version there is; a pack of a newer one must not be read (section 4.4). */
const version = 10

/** Works base values into each record. Throws `MessageFault` where the RFC says that a pack must be refused. */
export function resolveSenml(pack: readonly SenmlRecord[], now: Date): ResolvedRecord[] {
  const base = {
    bn: '',
    bt: 0,
    bu: '',
    bv: undefined as number | undefined,
    bs: undefined as number | undefined,
  }
  const versions = new Set<number>()
  const resolved: ResolvedRecord[] = []
  for (const one of pack) {
    refuseUnknown(one)
    Object.assign(base, given({ bn: one.bn, bt: one.bt, bu: one.bu, bv: one.bv, bs: one.bs }))
    if (one.bver !== undefined) versions.add(one.bver)
    if (!hasContent(one)) continue
    const name = base.bn + (one.n ?? '')
    if (!/^[A-Za-z0-9][A-Za-z0-9\-:./_]*$/.test(name))
      throw new MessageFault('no-name', { name: name.slice(0, 80) })
    resolved.push({
      name,
      unit: one.u ?? base.bu,
      at: momentOf(base.bt + (one.t ?? 0), now),
      ...valuesOf(one, base),
    })
  }
  if (versions.size > 1) throw new MessageFault('versions-differ')
  for (const found of versions)
    if (found > version) throw new MessageFault('version-unknown', { version: found })
  return resolved
}

function refuseUnknown(one: SenmlRecord): void {
  const strange = Object.keys(one).find((label) => label.endsWith('_'))
  if (strange !== undefined) throw new MessageFault('label-unknown', { label: strange.slice(0, 80) })
}

function given(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

/** A record of base values only says nothing by itself. */
function hasContent({ v, vs, vb, vd, s, n }: SenmlRecord): boolean {
  const values = [v, vs, vb, vd].filter((value) => value !== undefined).length
  if (values > 1) throw new MessageFault('values-several')
  if (values === 0 && s === undefined && n !== undefined) throw new MessageFault('value-missing')
  return values === 1 || s !== undefined
}

function valuesOf(
  { v, vb, s }: SenmlRecord,
  { bv, bs }: { bv: number | undefined; bs: number | undefined },
): Pick<ResolvedRecord, 'value' | 'sum'> {
  const value = v !== undefined ? v + (bv ?? 0) : vb !== undefined ? Number(vb) : null
  return { value, sum: s === undefined && bs === undefined ? null : (s ?? 0) + (bs ?? 0) }
}

function momentOf(seconds: number, now: Date): Date {
  const moment = seconds >= relativeBelow ? seconds * 1000 : now.getTime() + seconds * 1000
  // What lies outside of what a date can be is no time at all.
  if (Math.abs(moment) > 8.64e15) throw new MessageFault('no-time', { seconds })
  return new Date(moment)
}

/** What the last part of a name means where the unit (count, or none) leaves it open. */
const byName: Readonly<Record<string, Quantity>> = {
  people: 'people',
  occupancy: 'people',
  in: 'in-total',
  out: 'out-total',
  presence: 'presence',
  co2: 'co2',
  temperature: 'temperature',
  humidity: 'humidity',
  battery: 'battery',
}
/** Units of the registries of RFC 8428 (12.1) and RFC 8798. */
const byUnit: Readonly<Record<string, { quantity: Quantity; of?: (value: number) => number }>> = {
  Cel: { quantity: 'temperature' },
  K: { quantity: 'temperature', of: (kelvin) => kelvin - 273.15 },
  '%RH': { quantity: 'humidity' },
  lx: { quantity: 'illuminance' },
  '%EL': { quantity: 'battery' },
  ppm: { quantity: 'co2' },
}

function readingOf({ name, unit, at, value, sum }: ResolvedRecord): Reading[] {
  const last = name.split(/[:/]/).at(-1) ?? ''
  const known = byUnit[unit]
  const quantity =
    known?.quantity ?? (unit === '' || unit === 'count' || unit === '/' ? byName[last] : undefined)
  // A counter may give how many came (v) or the sum so far (s).
  const found = quantity === 'in-total' || quantity === 'out-total' ? (sum ?? value) : value
  if (quantity === undefined || found === null) return []
  return [reading(quantity, known?.of ? known.of(found) : found, { at, channel: channelOf(name) })]
}

/** All but the last part of the name. */
function channelOf(name: string): string {
  return name.replace(/[:/]?[^:/]*$/, '').slice(0, 80)
}

/** Sensor Measurement Lists, RFC 8428, in JSON. */
export const senml = {
  id: 'senml',
  messages: [
    defineMessage({
      topic: 'senml/{device}',
      format: 'json',
      payload: z.array(record).min(1).max(2000),
      read: (pack, { arrivedAt }) => ({ readings: resolveSenml(pack, arrivedAt).flatMap(readingOf) }),
    }),
  ],
} satisfies DeviceType
