/** A film dropped on the window: what it is, its frames as a folder, and an object followed one frame on. */
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { faultsOf } from '../support/axe.ts'
import { writeCoinFilm } from '../support/coin-film.ts'
import { filmsMissing, runFfmpegHere, writeTestFilm } from '../support/film.ts'
import { expect, test } from '../support/fixtures.ts'
import { driveStage } from '../support/stage.ts'

test.skip(filmsMissing !== null, filmsMissing ?? '')

/** Drops the film on the window, and waits for the dialog to have its path. */
const dropFilm = async (page: Page, shell: 'electron' | 'web', film: string) => {
  // What is dropped before the window listens is lost.
  await expect(page.getByTestId('app')).toHaveAttribute('data-ready')
  await page.evaluate(() => {
    const input = document.body.appendChild(document.createElement('input'))
    input.type = 'file'
    input.id = 'test-drop'
  })
  await page.locator('#test-drop').setInputFiles(film)
  await page.evaluate(() => {
    const { files } = document.querySelector<HTMLInputElement>('#test-drop')!
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(files![0]!)
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  })
  const dialog = page.getByTestId('film-dialog')
  await expect(dialog).toBeVisible()
  // A browser does not tell where a dropped file lies.
  if (shell === 'web') await page.getByTestId('film-path').fill(film)
  await page.locator('#test-drop').evaluate((input) => input.remove())
  return dialog
}

test('a film that is dropped opens as frames, and an object is followed one frame on', async ({
  launch,
  temporary,
  shell,
  picture,
}) => {
  const [pictures, folder] = [join(temporary, 'pictures'), join(temporary, 'films')]
  for (const made of [pictures, folder]) await mkdir(made)
  await writeCoinFilm(pictures, 6)
  const film = join(folder, 'walk.mp4')
  runFfmpegHere([
    '-framerate',
    '5',
    '-i',
    join(pictures, 'frame-%d.png'),
    '-crf',
    '8',
    '-pix_fmt',
    'yuv420p',
    film,
  ])

  const { page, problems } = await launch()
  const dialog = await dropFilm(page, shell, film)
  await expect(page.getByTestId('film-facts')).toContainText('512 × 384 · 1 s · 5 frames a second')
  await expect(page.getByTestId('film-out')).toHaveValue(join(folder, 'walk'))
  const summary = page.getByTestId('film-summary')
  await expect(summary).toContainText(/About 6 frames, about [\d.]+ [kM]B/)
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((to) => (document.documentElement.dataset.theme = to), theme)
    await picture(page, `film-${theme}`)
    expect(await faultsOf(page, theme)).toEqual([])
  }
  // What is typed is reckoned with at once; what is no number is said.
  await page.getByTestId('film-take').fill('2')
  await expect(summary).toContainText('About 3 frames')
  await page.getByTestId('film-take').fill('0')
  await expect(page.getByTestId('film-run')).toBeDisabled()
  await page.getByTestId('film-take').fill('1')
  await dialog.getByRole('radio', { name: 'PNG' }).press('Enter')
  await page.getByTestId('film-take').press('Enter')

  await expect(dialog).toBeHidden()
  await expect(page).toHaveTitle('walk – Maskwright')
  const notice = page.getByText('6 frames of walk.mp4')
  await expect(notice).toBeVisible()
  await expect(page.getByText('Shift+X takes them to the next frame, Alt+X through all')).toBeVisible()
  await picture(page, 'opened')
  expect((await readdir(join(folder, 'walk'))).filter((name) => name.endsWith('.png'))).toHaveLength(6)
  expect((await readdir(folder)).toSorted()).toEqual(['walk', 'walk.mp4'])

  const stage = driveStage(page)
  await stage.openImage('frame_000001.png')
  await stage.drag(90, 165, 217, 295)
  await stage.waitForMask(1)
  await page.keyboard.press('Enter')
  await stage.waitForObjects(1)
  await page.keyboard.press('Shift+X')
  await expect(page.getByTestId('statusbar')).toContainText('frame_000002.png')
  await expect(page.getByTestId('proposals')).toContainText('1 proposal')
  expect(problems).toEqual([])
})

test('what is no film is said, a long one is cancelled, and nothing is left', async ({
  launch,
  temporary,
  shell,
}) => {
  const folder = join(temporary, 'films')
  await mkdir(folder)
  const [none, long] = [join(folder, 'none.mp4'), join(folder, 'long.mp4')]
  await writeFile(none, '')
  writeTestFilm(long, 120, '1280x720')
  const { page } = await launch()
  const dialog = await dropFilm(page, shell, none)
  await expect(page.getByTestId('film-error')).toContainText('is empty')
  await expect(page.getByTestId('film-run')).toBeDisabled()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await dropFilm(page, shell, long)
  await expect(page.getByTestId('film-summary')).toContainText('About 1,200 frames')
  await dialog.getByRole('radio', { name: 'PNG' }).press('Enter')
  await page.getByTestId('film-run').press('Enter')
  await expect(page.getByTestId('film-progress')).toContainText(/[1-9]\d* of 1,200 frames/)
  await page.getByTestId('film-cancel').press('Enter')
  await expect(page.getByTestId('film-error')).toHaveText('Cancelled: nothing was written.')
  expect((await readdir(folder)).toSorted()).toEqual(['long.mp4', 'none.mp4'])
  await page.keyboard.press('Escape')
  await expect(page).toHaveTitle('photos – Maskwright')
})

test('a page that is loaded again while frames are written shows how far it is, and opens the folder', async ({
  launch,
  temporary,
  shell,
}) => {
  const folder = join(temporary, 'films')
  await mkdir(folder)
  const film = writeTestFilm(join(folder, 'long.mp4'), 60, '1280x720')
  const { page, problems } = await launch()
  const dialog = await dropFilm(page, shell, film)
  await expect(page.getByTestId('film-summary')).toContainText('About 600 frames')
  await dialog.getByRole('radio', { name: 'PNG' }).press('Enter')
  await page.getByTestId('film-run').press('Enter')
  await expect(page.getByTestId('film-progress')).toContainText(/[1-9]\d* of 600 frames/)
  await page.reload()
  await expect(page.getByTestId('film-progress')).toContainText(/[1-9]\d* of 600 frames/)
  await expect(dialog).toBeHidden({ timeout: 60_000 })
  await expect(page).toHaveTitle('long – Maskwright')
  expect((await readdir(folder)).toSorted()).toEqual(['long', 'long.mp4'])
  expect(problems).toEqual([])
})

test('without ffmpeg the dialog says how it is installed, and goes on once it is there', async ({
  launch,
  temporary,
}) => {
  const tool = join(temporary, 'ffmpeg')
  process.env.MASKWRIGHT_FFMPEG = tool
  try {
    const { page } = await launch()
    // Its keys are heard from then on.
    await expect(page.getByTestId('app')).toHaveAttribute('data-ready')
    await page.keyboard.press('Control+Shift+O')
    await expect(page.getByTestId('film-missing')).toContainText('not on this computer yet')
    await expect(page.getByTestId('film-path')).toHaveCount(0)
    await page.getByTestId('film-again').click()
    await expect(page.getByRole('alert')).toContainText('still not there')
    await symlink(execFileSync('which', ['ffmpeg'], { encoding: 'utf8' }).trim(), tool)
    await page.getByTestId('film-again').press('Enter')
    await expect(page.getByTestId('film-path')).toBeVisible()
    await expect(page.getByTestId('film-missing')).toHaveCount(0)
  } finally {
    delete process.env.MASKWRIGHT_FFMPEG
  }
})
