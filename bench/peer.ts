/** Starts the peer: peer.py where Python has onnxruntime and OpenCV, else peer-node.ts. */
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import type { Originals } from './originals.ts'

/** Milliseconds. */
export interface PeerEncode {
  readonly read: number
  readonly prepare: number
  readonly run: number
  readonly total: number
}

/** Milliseconds; `points` counts the vertices that it found. */
export interface PeerClick {
  readonly run: number
  readonly contour: number
  readonly total: number
  readonly points: number
}

export interface Peer {
  /** Says what runs. */
  readonly runtime: string
  encode(file: string): Promise<PeerEncode>
  /** @param points x, y in image pixels, 1 on the object or 0 off it */
  click(points: readonly (readonly [number, number, number])[]): Promise<PeerClick>
  close(): void
}

/** Default options leave the runtime's threads spinning for a while after each run; that must not hit our turn. */
const SETTLE_MS = 80

const commandOf = (): readonly [string, string[]] => {
  const python = process.env.PYTHON ?? 'python3'
  const found = spawnSync(python, ['-c', 'import onnxruntime, cv2, numpy'], { stdio: 'ignore' })
  return found.status === 0
    ? [python, [join(import.meta.dirname, 'peer.py')]]
    : [process.execPath, [join(import.meta.dirname, 'peer-node.ts')]]
}

export const startPeer = async (originals: Originals): Promise<Peer> => {
  const [command, args] = commandOf()
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const request = async <T>(message: object): Promise<T> => {
    child.stdin.write(`${JSON.stringify(message)}\n`)
    const line = await lines.next()
    if (line.done === true) throw new Error(`The peer ended: ${command} ${args.join(' ')}`)
    await setTimeout(SETTLE_MS)
    return JSON.parse(line.value) as T
  }
  const { runtime } = await request<{ runtime: string }>({ op: 'load', ...originals })
  return {
    runtime,
    encode: (file) => request({ op: 'encode', file }),
    click: (points) => request({ op: 'click', points }),
    close: () => void child.kill(),
  }
}
