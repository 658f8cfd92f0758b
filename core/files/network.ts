/** Whether a folder lies on a drive of the network, where SQLite's locks can't be trusted. */
import { execFileSync } from 'node:child_process'
import { readFileSync, realpathSync, statfsSync } from 'node:fs'

/** `f_type` of statfs(2) on Linux; from its manual page and include/uapi/linux/magic.h. */
const networkTypes: ReadonlySet<number> = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xff534d42, // CIFS
  0xfe534d42, // SMB 2 and 3
  0x01021997, // 9P, as virtual machines share folders
  0x5346414f, // AFS
  0x73757245, // Coda
  0x564c, // NCP
  0x00c36400, // Ceph
  0x0bd00bd0, // Lustre
])
const FUSE = 0x65735546

/** Kinds of mounts by name, as /proc/self/mountinfo and `mount` of macOS have them. */
const networkKinds =
  /^(?:fuse\.)?(?:nfs\d?|cifs|smb\w*|sshfs|osxfuse|macfuse|rclone|davfs\d?|webdav|afpfs|ftp|curlftpfs|s3fs|goofys|gcsfuse|glusterfs|cephfs|ceph|gvfsd-fuse|9p)$/

/** What is asked of the system, for tests to answer. */
export interface FileSystems {
  readonly platform: NodeJS.Platform
  /** `f_type` of the file system that the folder lies on. */
  typeOf(folder: string): number
  /** The text of /proc/self/mountinfo, or of `mount` on macOS. */
  mounts(): string
  /** On Windows a drive letter of the network becomes its UNC path. */
  realPath(folder: string): string
}

const system: FileSystems = {
  platform: process.platform,
  typeOf: (folder) => statfsSync(folder).type,
  mounts: () =>
    process.platform === 'darwin'
      ? execFileSync('/sbin/mount', { encoding: 'utf8', timeout: 2000 })
      : readFileSync('/proc/self/mountinfo', 'utf8'),
  realPath: (folder) => realpathSync.native(folder),
}

interface Mount {
  readonly at: string
  readonly kind: string
}

const unescape = (path: string) =>
  path.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))

/** A line: `36 35 98:0 /root /mount/point rw,noatime master:1 - fuse.sshfs source rw` (proc(5)). */
const linuxMount = (line: string): Mount[] => {
  const [place = '', kinds = ''] = line.split(' - ')
  const at = place.split(' ')[4]
  const kind = kinds.split(' ')[0]
  return at && kind ? [{ at: unescape(at), kind }] : []
}

/** A line: `//anna@server/share on /Volumes/share (smbfs, nodev, nosuid)`. */
const macMount = (line: string): Mount[] => {
  const [, at, kind] = /^.* on (\/.*) \(([^,)]+)/.exec(line) ?? []
  return at && kind ? [{ at, kind }] : []
}

const holds = (at: string, folder: string) =>
  folder === at || folder.startsWith(at.endsWith('/') ? at : `${at}/`)

/** The mount that the folder lies in is the one with the longest path. */
const kindOf = (folder: string, lines: string, read: (line: string) => Mount[]): string =>
  lines
    .split('\n')
    .flatMap(read)
    .filter(({ at }) => holds(at, folder))
    .reduce<Mount>((best, mount) => (mount.at.length >= best.at.length ? mount : best), { at: '', kind: '' })
    .kind

/** What can't be found out is taken for a disk of this computer. */
export const isOnNetwork = (folder: string, systems: FileSystems = system): boolean => {
  try {
    const path = systems.realPath(folder)
    if (systems.platform === 'win32') return /^(?:\\\\\?\\UNC\\|\\\\(?![?.]\\))/i.test(path)
    if (systems.platform === 'darwin') return networkKinds.test(kindOf(path, systems.mounts(), macMount))
    const type = systems.typeOf(path)
    if (type !== FUSE) return networkTypes.has(type)
    return networkKinds.test(kindOf(path, systems.mounts(), linuxMount))
  } catch {
    return false
  }
}
