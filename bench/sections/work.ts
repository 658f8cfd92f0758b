/** A month of work: a project of 100,000 images and 1,000,000 objects, its list asked and sorted. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { ImageFilter, ImageSort } from '../../common/contract/images.ts'
import { readStatistics } from '../../core/statistics/read-statistics.ts'
import { openStore, type Store } from '../../core/store/store.ts'
import { makeProject } from '../make-project.ts'
import type { Section, Table } from '../section.ts'
import { figure, median, spread } from '../stats.ts'
import { measureWindow } from '../work-window.ts'

const IMAGES = 100_000
const OBJECTS = 1_000_000
/** Until the first rows of any filter or order, ms. */
const LIMIT = 150
const RUNS = 5
/** Until all statistics are there, ms. */
const STATISTICS_LIMIT = 1500

const queries = [
  'status:todo',
  'class:"class 3"',
  '-class:"class 3" objects:>5',
  'score:<0.05',
  'objects:>15',
  'name:photo-*77*',
  'folder:camera-3',
  'by:anna',
  'changed:<30d',
  'photo-0001',
]
const orders: readonly ImageSort['by'][] = ['date', 'objects', 'score', 'change', 'status']

/** All that the page of statistics and `maskwright stats` show. */
const measureStatistics = async (store: Store): Promise<Table> => {
  const times: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now()
    await readStatistics(store, { measure: true })
    times.push(performance.now() - start)
  }
  return {
    title: 'The statistics of a large project',
    head: ['', 'of the limit of 1.5 s', 'ms', 'within'],
    rows: [
      [
        'all of them',
        spread(times.map((time) => time / STATISTICS_LIMIT)),
        spread(times),
        median(times) <= STATISTICS_LIMIT ? 'yes' : 'no',
      ],
    ],
    notes: [`The same project; sizes are those of some objects, evenly picked. ${RUNS} times.`],
  }
}

export const workSection: Section = async (context) => {
  const { scratch, say } = context
  const file = join(scratch, 'work.sqlite')
  say(`work: making ${IMAGES} images with ${OBJECTS} objects`)
  makeProject(file, IMAGES, OBJECTS)
  const store = openStore(file)
  try {
    /** Milliseconds of each first look: nothing is kept of the last one. */
    const measure = (filter: ImageFilter): number[] =>
      Array.from({ length: RUNS }, (_, run) => {
        const { bytes, modifiedAt, contentHash, orientation, bands, problem } = store.images.get(1)!
        store.images.setFacts(1, {
          bytes,
          modifiedAt,
          contentHash,
          orientation,
          bands,
          problem,
          width: 4000 + run,
          height: 3000,
        })
        const start = performance.now()
        store.images.page(filter, 0, 200)
        store.images.total(filter)
        return performance.now() - start
      })
    const rowOf = (name: string, filter: ImageFilter) => {
      const times = measure(filter)
      const listed = store.images.total(filter)
      return [
        name,
        figure(listed),
        spread(times.map((time) => time / LIMIT)),
        spread(times),
        median(times) <= LIMIT ? 'yes' : 'no',
      ]
    }
    const counted = await measureStatistics(store)
    return [
      {
        title: 'The image list of a large project',
        head: [
          'filter or order',
          'images listed',
          'of the limit of 150 ms',
          'first 200 rows and the number, ms',
          'within',
        ],
        rows: [
          ...queries.map((text) => rowOf(`\`${text}\``, { text, show: 'all' })),
          ...orders.map((by) => rowOf(`by ${by}`, { text: '', show: 'all', sort: { by, descending: true } })),
        ],
        notes: [
          `${IMAGES} images, ${OBJECTS} objects of 24 vertices in ${Math.round(statSync(file).size / 1e6)} MB; each ${RUNS} times, ` +
            'the list made anew each time. A page further down takes 1 to 2 ms.',
        ],
      },
      counted,
      await measureWindow(context),
    ]
  } finally {
    store.close()
  }
}
