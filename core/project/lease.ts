/**
 * Who works on a project that lies on a network drive: a small file beside the project file, written anew every few
 * seconds. SQLite's locks hold between programs of one computer; between computers they depend on server, protocol and
 * mount options, and its shared memory never works (https://www.sqlite.org/wal.html, "all processes using a database
 * must be on the same host computer"). So one program has the project, and whoever else opens it is told who that is.
 * The file is a stranger's until it is checked.
 */
import { createHash, randomUUID } from 'node:crypto'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname, networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { CodedError } from '../../common/errors.ts'
import type { Held } from '../../common/held.ts'
import { printable } from '../../common/printable.ts'
import { said } from '../../common/said.ts'
import { writeFileAtomic } from '../files/atomic.ts'
import { isOnNetwork } from '../files/network.ts'
import { readSmallTextSync } from '../files/small-file.ts'
import { isRunning } from '../processes/is-running.ts'

export const LEASE_NAME = 'lease.json'
const LONGEST_FILE = 4096

/** From one writing to the next, ms. */
const RENEWED_EVERY = 4_000
/** A lease that was not renewed for so long is nobody's, ms: five writings that a busy drive may have swallowed. */
const STALE_AFTER = 20_000
/** Until whoever was writing the lease in that moment has done so, ms. */
const SETTLED_AFTER = 300

const name = z.string().max(200).transform(printable)
const leaseSchema = z.object({
  id: z.string().min(1).max(100),
  /** Tells computers of one name apart. */
  machine: z.string().min(1).max(100),
  host: name,
  user: name,
  pid: z.int().nonnegative(),
  /** ms since 1970. */
  since: z.number().nonnegative(),
})
type LeaseFile = z.infer<typeof leaseSchema>

/** Whose lease it is; the process is part of it. */
export type LeaseOwner = Pick<LeaseFile, 'machine' | 'host' | 'user' | 'pid'>

/** What a lease is taken with; tests answer for the system. */
export interface LeasePorts {
  readonly owner?: LeaseOwner
  readonly isOnNetwork?: (folder: string) => boolean
  readonly renewedEvery?: number
  readonly staleAfter?: number
}

export interface Lease {
  /** Who has taken it over; null while it is ours. @param fresh reads the file; else what was seen last */
  takenBy(fresh: boolean): Held | null
  onTaken(listener: () => void): void
  release(): void
}

const machineOf = (): string => {
  const cards = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const addresses = cards.filter(({ internal }) => !internal).map(({ mac }) => mac)
  const text = [hostname(), ...new Set(addresses)].sort().join(' ')
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

const ownerOf = (user: string): LeaseOwner => ({
  machine: machineOf(),
  host: hostname(),
  user,
  pid: process.pid,
})

/** null when there is none, or none that is one. */
const readLease = (file: string): LeaseFile | null => {
  try {
    const text = readSmallTextSync(file, { limit: LONGEST_FILE, follow: false })
    return leaseSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** ms since it was written, by the clock of the drive: those of the two computers may disagree. */
const ageOf = (file: string, folder: string): number => {
  const probe = join(folder, `.lease-${randomUUID()}`)
  try {
    const writtenAt = statSync(file).mtimeMs
    writeFileSync(probe, '', { flag: 'wx' })
    return Math.max(0, statSync(probe).mtimeMs - writtenAt)
  } catch {
    return 0
  } finally {
    rmSync(probe, { force: true })
  }
}

const isSameProcess = (lease: LeaseFile, owner: LeaseOwner) =>
  lease.machine === owner.machine && lease.pid === owner.pid

const refusal = (held: Held): CodedError =>
  new CodedError(
    'held',
    said('{user} has the project of {folder} open on {host}, since {since} UTC. Close it there first.', {
      user: held.user || said('Somebody'),
      folder: held.folder,
      host: held.host || said('another computer'),
      since: new Date(held.since).toISOString().slice(0, 16).replace('T', ' '),
    }),
    { held },
  )

/**
 * Takes the lease of a project on a network drive. On a disk of this computer there is none to take, unless another
 * computer has taken it: a shared folder has one side that is local.
 * @param place the folder of the project file
 * @param folder the folder of images, for words
 * @param takeOver from whoever has it
 * @returns null where none is needed
 * @throws CodedError held, with who has it; disk-full, not-writable
 */
export const takeLease = async (
  place: string,
  folder: string,
  user: string,
  takeOver: boolean,
  ports: LeasePorts = {},
): Promise<Lease | null> => {
  const owner = ports.owner ?? ownerOf(user)
  const staleAfter = ports.staleAfter ?? STALE_AFTER
  const file = join(place, LEASE_NAME)
  const heldBy = (lease: LeaseFile): Held => ({
    folder,
    user: lease.user,
    host: lease.host,
    since: lease.since,
    silentFor: Math.round(ageOf(file, place) / 1000),
  })
  const found = readLease(file)
  const isHeld =
    found !== null &&
    !isSameProcess(found, owner) &&
    (found.machine !== owner.machine || isRunning(found.pid)) &&
    ageOf(file, place) < staleAfter
  const isNetwork = (ports.isOnNetwork ?? isOnNetwork)(place)
  if (!isNetwork && !isHeld) return null
  if (isHeld && !takeOver) throw refusal(heldBy(found))

  const mine: LeaseFile = { ...owner, id: randomUUID(), since: Date.now() }
  const write = () => writeFileAtomic(file, `${JSON.stringify(mine)}\n`)
  write()
  if (isHeld) {
    // Its owner may have been about to write: then ours is gone, and is written once more, which the owner sees.
    await wait(SETTLED_AFTER)
    if (readLease(file)?.id !== mine.id) write()
  }
  let taken: Held | null = null
  let tell: () => void = () => undefined
  const look = (): Held | null => {
    const now = readLease(file)
    if (now !== null && !isSameProcess(now, owner)) taken = heldBy(now)
    return taken
  }
  const renew = () => {
    if (taken !== null) return
    try {
      // One of this process is of the opening that comes after this one; none was taken away by hand.
      const now = readLease(file)
      if (look() !== null) tell()
      else if (now === null || now.id === mine.id) write()
    } catch {
      // A drive that does not answer now, or is full; the next time tries again.
    }
  }
  const timer = setInterval(renew, ports.renewedEvery ?? RENEWED_EVERY).unref()
  return {
    takenBy: (fresh) => (fresh && taken === null ? look() : taken),
    onTaken: (listener) => void (tell = listener),
    release() {
      clearInterval(timer)
      if (readLease(file)?.id === mine.id) rmSync(file, { force: true })
    },
  }
}
