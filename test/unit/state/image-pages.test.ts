/** The list of images as pages: what is in sight is there after the list was taken up again, on whichever pages it lies. */
import { expect, it } from 'vitest'
import { createImagePages } from '../../../renderer/state/image-pages.ts'
import { PAGE_SIZE } from '../../../renderer/state/list-snapshot.ts'
import { createMemoryCore } from '../actions/support.ts'

it('rows in sight on two pages are both there after a refresh, and those below the end are not asked for', async () => {
  const core = createMemoryCore(2 * PAGE_SIZE + 50)
  const pages = createImagePages(core.client)
  await pages.setFilter({ text: '', show: 'all' })
  const inSight = async (first: number, last: number) => {
    await pages.ensure(first, last)
    await pages.refresh()
    return [first, last].map((index) => pages.itemAt(index)?.id ?? null)
  }
  expect(await inSight(PAGE_SIZE - 5, PAGE_SIZE + 5)).toEqual([PAGE_SIZE - 4, PAGE_SIZE + 6])
  expect(pages.indexOf(PAGE_SIZE + 6)).toBe(PAGE_SIZE + 5)
  expect(await inSight(2 * PAGE_SIZE + 30, 2 * PAGE_SIZE + 90)).toEqual([2 * PAGE_SIZE + 31, null])
})
