/** One computer at a time on a network drive: who has it, taking over, and that nothing is lost by it. */
import { existsSync, mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { AppEvent } from '../../../common/contract.ts'
import { diffOf } from '../../../common/diff.ts'
import { isOnNetwork, type FileSystems } from '../../../core/files/network.ts'
import { LEASE_NAME, takeLease, type LeaseOwner } from '../../../core/project/lease.ts'
import type { Lease } from '../../../core/project/lease.ts'
import { openProject, type Project } from '../../../core/project/project.ts'
import { annotationOf, temporaryFolder } from './records.ts'

const ownerOf = (name: string, pid = 1): LeaseOwner => ({
  machine: name,
  host: `${name}-pc`,
  user: name,
  pid,
})
const anna = ownerOf('anna')
const ben = ownerOf('ben')

const take = async (
  place: string,
  owner: LeaseOwner,
  { takeOver = false, network = true }: { takeOver?: boolean; network?: boolean } = {},
): Promise<Lease | null> => {
  const lease = await takeLease(place, '/photos', owner.user, takeOver, {
    owner,
    isOnNetwork: () => network,
    renewedEvery: 20,
  })
  onTestFinished(() => lease?.release())
  return lease
}

test('a lease is taken on a network drive, told to others, and given back', async () => {
  const place = temporaryFolder()
  const lease = await take(place, anna)
  await expect(take(place, ben)).rejects.toMatchObject({
    code: 'held',
    held: { folder: '/photos', user: 'anna', host: 'anna-pc' },
  })
  lease?.release()
  expect(existsSync(join(place, LEASE_NAME))).toBe(false)
  expect(await take(place, ben)).not.toBeNull()
})

test('a disk of this computer needs none, but heeds that of another computer', async () => {
  const place = temporaryFolder()
  expect(await take(place, anna, { network: false })).toBeNull()
  expect(existsSync(join(place, LEASE_NAME))).toBe(false)
  await take(place, ben)
  await expect(take(place, anna, { network: false })).rejects.toMatchObject({ code: 'held' })
})

test('whoever it is taken from hears of it, and does not take it back unasked', async () => {
  const place = temporaryFolder()
  const lease = await take(place, anna)
  const heard = new Promise<void>((resolve) => lease?.onTaken(resolve))
  const next = await take(place, ben, { takeOver: true })
  await heard
  expect(lease?.takenBy(false)).toMatchObject({ user: 'ben', host: 'ben-pc' })
  expect(next?.takenBy(true)).toBeNull()
  lease?.release()
  expect(existsSync(join(place, LEASE_NAME))).toBe(true)
})

test('a lease that was not renewed is nobody’s, and so is that of a process that has ended here', async () => {
  const place = temporaryFolder()
  const file = join(place, LEASE_NAME)
  const write = (owner: LeaseOwner) => writeFileSync(file, JSON.stringify({ ...owner, id: 'one', since: 1 }))
  write(ben)
  const longAgo = Date.now() / 1000 - 60
  utimesSync(file, longAgo, longAgo)
  expect(await take(place, anna)).not.toBeNull()
  const other = temporaryFolder()
  writeFileSync(
    join(other, LEASE_NAME),
    JSON.stringify({ ...ownerOf('anna', 2 ** 22 + 1), id: 'two', since: 1 }),
  )
  expect(await take(other, anna)).not.toBeNull()
})

test.each([
  ['no JSON', (file: string) => writeFileSync(file, '{')],
  [
    'too large',
    (file: string) => writeFileSync(file, JSON.stringify({ ...ben, id: 'x'.repeat(5000), since: 1 })),
  ],
  [
    'a folder',
    (file: string) => {
      mkdirSync(file)
    },
  ],
  [
    'not what it should be',
    (file: string) => writeFileSync(file, JSON.stringify({ ...ben, id: 7, since: 'x' })),
  ],
])('a lease file that is %s holds nobody up', async (name, make) => {
  const place = temporaryFolder()
  make(join(place, LEASE_NAME))
  const lease = take(place, anna)
  if (name === 'a folder') await expect(lease).rejects.toMatchObject({ code: 'not-writable' })
  else expect(await lease).not.toBeNull()
})

test('a link in its place is not followed', async () => {
  const place = temporaryFolder()
  const elsewhere = join(temporaryFolder(), 'theirs.json')
  const text = JSON.stringify({ ...ben, id: 'one', since: 1 })
  writeFileSync(elsewhere, text)
  symlinkSync(elsewhere, join(place, LEASE_NAME))
  expect(await take(place, anna)).not.toBeNull()
  expect(readFileSync(elsewhere, 'utf8')).toBe(text)
})

test('a name in it can’t steer a terminal', async () => {
  const place = temporaryFolder()
  await take(place, { ...ben, user: '\u001b[2Jben' })
  await expect(take(place, anna)).rejects.toThrow(/\\u001b\[2Jben has the project/)
})

test('of a project that is taken over nothing stored is lost, and the first can store no more until it takes it back', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'a.jpg'), 'a')
  const events: AppEvent[] = []
  const open = async (owner: LeaseOwner, takeOver = false) => {
    const project = await openProject({
      folder,
      dataFolder: temporaryFolder(),
      version: '1',
      emit: (event) => events.push(event),
      takeOver,
      lease: { owner, isOnNetwork: () => true, renewedEvery: 20 },
    })
    onTestFinished(() => project.close())
    return project
  }
  const commit = ({ store, editing }: Project, id: string) =>
    editing.commit(
      diffOf({
        annotations: { added: [annotationOf(id, store.images.ids()[0], store.labels.list()[0]!.id)] },
      }),
    )
  const idsIn = ({ store }: Project) => store.annotations.ofImage(store.images.ids()[0]!).map(({ id }) => id)
  const first = await open(anna)
  commit(first, 'of-anna')
  await expect(open(ben)).rejects.toMatchObject({ code: 'held', held: { user: 'anna' } })
  const second = await open(ben, true)
  expect(() => commit(first, 'too-late')).toThrow('ben has taken over this project on ben-pc')
  await expect.poll(() => first.info().lost?.why).toBe('taken')
  expect(events).toContainEqual(expect.objectContaining({ name: 'project.changed' }))
  commit(second, 'of-ben')
  await first.close()
  expect(idsIn(second)).toEqual(['of-anna', 'of-ben'])
  const back = await open(anna, true)
  commit(back, 'again')
  expect(() => commit(second, 'too-late')).toThrow('anna has taken over')
  expect(idsIn(back)).toEqual(['of-anna', 'of-ben', 'again'])
})

const systemOf = (change: Partial<FileSystems>): FileSystems => ({
  platform: 'linux',
  typeOf: () => 0xef53,
  mounts: () => '',
  realPath: (folder) => folder,
  ...change,
})

test.each<[string, boolean, Partial<FileSystems>]>([
  ['/home/anna', false, {}],
  ['/mnt/share', true, { typeOf: () => 0xff534d42 }],
  ['/mnt/nfs', true, { typeOf: () => 0x6969 }],
  [
    '/mnt/a b/photos',
    true,
    {
      typeOf: () => 0x65735546,
      mounts: () =>
        '25 30 0:23 / / rw shared:1 - ext4 /dev/sda rw\n36 25 0:40 / /mnt/a\\040b rw - fuse.sshfs anna@host: rw\n',
    },
  ],
  [
    '/media/usb',
    false,
    { typeOf: () => 0x65735546, mounts: () => '36 25 8:1 / /media/usb rw - fuseblk /dev/sdb1 rw\n' },
  ],
  [
    '/Volumes/share/photos',
    true,
    {
      platform: 'darwin',
      mounts: () =>
        '/dev/disk3s1 on / (apfs, local)\n//anna@server/share on /Volumes/share (smbfs, nodev, nosuid)\n',
    },
  ],
  ['/Users/anna', false, { platform: 'darwin', mounts: () => '/dev/disk3s1 on / (apfs, local)\n' }],
  ['Z:\\photos', true, { platform: 'win32', realPath: () => '\\\\server\\share\\photos' }],
  ['C:\\photos', false, { platform: 'win32' }],
  ['\\\\?\\C:\\photos', false, { platform: 'win32' }],
  [
    '/gone',
    false,
    {
      realPath: () => {
        throw new Error('ENOENT')
      },
    },
  ],
])('%s lies on a network drive: %s', (folder, expected, change) => {
  expect(isOnNetwork(folder, systemOf(change))).toBe(expected)
})
