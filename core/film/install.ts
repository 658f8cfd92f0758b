/** How ffmpeg is installed on this system, as a command to copy. */
import { readSmallText } from '../files/small-file.ts'

/** Of /etc/os-release, bytes. */
const RELEASE_LIMIT = 65_536

/** By the names that /etc/os-release gives a system and those that it is like. */
const packageCommands: readonly (readonly [names: readonly string[], command: string])[] = [
  [['debian', 'ubuntu'], 'sudo apt install ffmpeg'],
  [['fedora'], 'sudo dnf install ffmpeg-free'],
  [['arch'], 'sudo pacman -S ffmpeg'],
  [['suse', 'opensuse'], 'sudo zypper install ffmpeg'],
  [['alpine'], 'doas apk add ffmpeg'],
  [['void'], 'sudo xbps-install ffmpeg'],
]

/** @param osRelease what /etc/os-release says, of Linux; null for a system that is not known */
export const installCommand = (platform: string, osRelease: string | null): string | null => {
  if (platform === 'darwin') return 'brew install ffmpeg'
  if (platform === 'win32') return 'winget install ffmpeg'
  const names = [...(osRelease ?? '').matchAll(/^ID(?:_LIKE)?=["']?([^"'\n]*)/gm)].flatMap(([, list]) =>
    (list ?? '').toLowerCase().split(/\s+/),
  )
  return packageCommands.find(([known]) => known.some((name) => names.includes(name)))?.[1] ?? null
}

/** Of this computer. */
export const installCommandHere = async (): Promise<string | null> => {
  const isLinux = process.platform === 'linux'
  const release = isLinux
    ? await readSmallText('/etc/os-release', { limit: RELEASE_LIMIT }).catch(() => null)
    : null
  return installCommand(process.platform, release)
}
