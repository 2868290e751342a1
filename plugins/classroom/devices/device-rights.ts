import type { DeviceRights } from '@ustaz/core/plugin'
import { deviceTypes, subscriptionOf } from '@ustaz/devices'
import type { DeviceType } from '@ustaz/devices'

export interface Publisher {
  name: string
  type: string
  /** Publishes for every device of its type. */
  isGateway: boolean
  /** Topics that it announced and that are its own (`announced-topics.ts`). */
  announced?: readonly string[]
}

/** The topics of its type with its own name (a gateway: with any), what it announced of its own, and nobody else's. It reads nothing but receipts. */
export function rightsOf({ name, type, isGateway, announced = [] }: Publisher): DeviceRights {
  const known: DeviceType | undefined = deviceTypes.find(({ id }) => id === type)
  const own = (topic: string) =>
    topic.replaceAll('{device}', isGateway ? '+' : name).replaceAll(/\{[^}]+\}/g, '+')
  const topics = [...(known?.messages ?? []).map(({ topic }) => topic), ...(known?.owns ?? [])]
  return {
    publish: [...new Set([...topics.map((topic) => own(topic)), ...announced])],
    subscribe: known?.receipts ? [own(known.receipts)] : [],
  }
}

/**
 * Access control list for Mosquitto (acl_file): the product reads all that devices publish; each device writes its own topics. `own`: the
 * product's name at that broker.
 */
export function mosquittoAcl(own: string, devices: readonly Publisher[]): string {
  const receipts = deviceTypes.flatMap(({ receipts: topic }: DeviceType) =>
    topic ? [subscriptionOf({ topic })] : [],
  )
  const product = [`user ${own}`, 'topic read #', ...receipts.map((topic) => `topic write ${topic}`)]
  const lines = devices.flatMap((device) => [
    '',
    `user ${device.name}`,
    ...rightsOf(device).publish.map((topic) => `topic write ${topic}`),
    ...rightsOf(device).subscribe.map((topic) => `topic read ${topic}`),
  ])
  return `${[...product, ...lines].join('\n')}\n`
}

/** Password file for Mosquitto (password_file), which it reads with the list above; those without a hash must be given a new password. */
export function mosquittoPasswords(
  devices: readonly { name: string; mosquittoHash: string | null }[],
): string {
  const lines = devices.flatMap(({ name, mosquittoHash }) =>
    mosquittoHash === null ? [] : [`${name}:${mosquittoHash}\n`],
  )
  return lines.join('')
}
