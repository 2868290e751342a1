/**
 * Publishes readings to a broker, in a process of its own: node publish.ts URL DEVICES COUNT RATE. RATE 0: as fast as the broker takes them.
 * Prints, at the end, one line of JSON: ms since 1970 at which the first message was handed over (`begunAt`), and each (`sent`, by its number) when
 * RATE is not 0; and microseconds of processor time that all of it took (`processor`).
 */
import { connect } from 'node:net'
import { generate, parser } from 'mqtt-packet'

const [url = '', devices = '1', count = '0', rate = '0'] = process.argv.slice(2)
const [deviceCount, total, perSecond] = [Number(devices), Number(count), Number(rate)]
const { hostname, port, username, password } = new URL(url)
const options = { protocolVersion: 4 }
const socket = connect(Number(port), hostname)
socket.setNoDelay(true)
const window = 2000
let acknowledged = 0
let next = 0
const sent: number[] = []
let begunAt = 0

const reader = parser(options)
reader.on('packet', ({ cmd }: { cmd: string }) => {
  if (cmd === 'connack') start()
  if (cmd !== 'puback') return
  acknowledged++
  if (acknowledged === total) finish()
  else if (perSecond === 0) fill()
})
socket.on('data', (chunk) => reader.parse(chunk))
socket.write(
  generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    clientId: `bench-publish-${process.pid}`,
    keepalive: 0,
    ...(username
      ? { username: decodeURIComponent(username), password: Buffer.from(decodeURIComponent(password)) }
      : {}),
  }),
)

function start(): void {
  begunAt = performance.timeOrigin + performance.now()
  if (perSecond === 0) {
    fill()
    return
  }
  const begun = performance.now()
  const timer = setInterval(() => {
    const due = Math.min(total, Math.floor(((performance.now() - begun) / 1000) * perSecond))
    while (next < due) send()
    if (next === total) clearInterval(timer)
  }, 1)
}

function fill(): void {
  socket.cork()
  while (next < total && next - acknowledged < window) send()
  socket.uncork()
}

/** Each number once; the device's time is the moment of sending. */
function send(): void {
  const seq = next++
  const now = Date.now()
  if (perSecond > 0) sent[seq] = now
  const payload = JSON.stringify({ time: new Date(now).toISOString(), seq, readings: { people: seq % 40 } })
  const topic = `ustaz/bench-${seq % deviceCount}/readings`
  const messageId = (seq % 65_000) + 1
  socket.write(
    generate({ cmd: 'publish', topic, payload, qos: 1, messageId, dup: false, retain: false }, options),
  )
}

function finish(): void {
  const { user, system } = process.cpuUsage()
  console.log(JSON.stringify({ begunAt, sent, processor: user + system }))
  socket.end()
}
