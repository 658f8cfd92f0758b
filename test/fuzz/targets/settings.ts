/** Small files of the data folder that another program, a crash or an older version has changed. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { settingsSchema } from '../../../common/contract/settings.ts'
import { openRecentFolders } from '../../../core/project/recent.ts'
import { defaultSettings, openSettings } from '../../../core/settings.ts'
import { readWindowFile } from '../../../electron/window-file.ts'
import { mutateJson } from '../mutate/json.ts'
import type { Entry, Place } from '../place.ts'
import type { Answers, Case, Target } from '../target.ts'

const files = (settings: Entry, recent: Entry, place: Entry) =>
  new Map([
    ['data/window.json', place],
    ['data/settings.json', settings],
    ['data/recent.json', recent],
  ])

const recentSeed = { folders: ['/home/a/photos', '/mnt/drive/images', '.'] }
const windowSeed = { x: 10, y: 20, width: 1200, height: 800, maximized: false }
const plain = (value: unknown) => Buffer.from(JSON.stringify(value))

/** Some file of the folder has exactly these bytes. */
const isKept = (folder: string, bytes: Uint8Array) =>
  readdirSync(folder).some((name) => readFileSync(join(folder, name)).equals(bytes))

const run = async ({ data }: Place, given: Case, answers: Answers) => {
  const notices: string[] = []
  const opened = await answers.ask('settings', () => openSettings(data, (message) => notices.push(message)))
  await answers.ask('notices', () => ({ notes: notices }))
  const written = given.files.get('data/settings.json')
  if (notices.length > 0 && written instanceof Uint8Array && !isKept(data, written))
    answers.fault('damaged settings were not kept')
  if (opened !== null) {
    if (!settingsSchema.safeParse(opened.get()).success) answers.fault('settings that are none')
    await answers.ask('change', () => opened.set({ theme: 'dark' }))
    const again = await answers.ask('settings again', () => openSettings(data, () => undefined).get())
    if (again?.theme !== 'dark') answers.fault('a changed setting is not there when they are read again')
  }
  await answers.ask('window', () => readWindowFile(join(data, 'window.json')))
  const recent = openRecentFolders(data)
  await answers.ask('recent', () => recent.list())
  await answers.ask('recent, one more', () => recent.add('/nowhere'))
  await answers.ask('recent again', () => recent.list())
}

export const settings: Target = {
  name: 'settings',
  kept: {
    'empty files': () => ({
      about: 'empty',
      files: files(Buffer.alloc(0), Buffer.alloc(0), Buffer.alloc(0)),
    }),
    'a list': () => ({ about: 'a list', files: files(plain([]), plain(null), plain(0)) }),
    'a thousand blanks': () => ({
      about: 'blanks',
      files: files(Buffer.alloc(1000, 32), Buffer.alloc(1000), Buffer.alloc(9)),
    }),
  },
  make: (random) => {
    const [settingsFile, recentFile] = [mutateJson(defaultSettings, random), mutateJson(recentSeed, random)]
    const windowFile = mutateJson(windowSeed, random)
    return {
      about: `settings: ${settingsFile.about}; recent: ${recentFile.about}; window: ${windowFile.about}`,
      files: files(settingsFile.bytes, recentFile.bytes, windowFile.bytes),
    }
  },
  mayChange: (path) => path.startsWith('data/'),
  start: (place) => ({ run: (given, answers) => run(place, given, answers), close: () => Promise.resolve() }),
}
