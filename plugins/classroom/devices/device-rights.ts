import type { DeviceRights } from '@ustaz/core/plugin'
import { deviceTypes } from '@ustaz/devices'

/** The topics a device may publish to: those of its type with its own name, and nobody else's. It reads nothing. */
export function rightsOf({ name, type }: { name: string; type: string }): DeviceRights {
  const messages = deviceTypes.find(({ id }) => id === type)?.messages ?? []
  const publish = messages.map(({ topic }) =>
    topic.replaceAll('{device}', name).replaceAll(/\{[^}]+\}/g, '+'),
  )
  return { publish: [...new Set(publish)], subscribe: [] }
}

/**
 * Access control list for Mosquitto (acl_file): the product reads all that devices publish; each device writes its own topics. `own`: the
 * product's name at that broker.
 */
export function mosquittoAcl(own: string, devices: readonly { name: string; type: string }[]): string {
  const product = [`user ${own}`, 'topic read #', 'topic write $SYS/ustaz']
  const lines = devices.flatMap((device) => [
    '',
    `user ${device.name}`,
    ...rightsOf(device).publish.map((topic) => `topic write ${topic}`),
  ])
  return `${[...product, ...lines].join('\n')}\n`
}
