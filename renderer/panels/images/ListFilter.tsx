/** Which images the list shows, and in which order: by a line of text, by state; saved filters. */
import { ArrowDownNarrowWide, ArrowUpNarrowWide, ChevronDown } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useStore } from 'zustand'
import type { ImageFilter, ImageSort } from '../../../common/contract/images.ts'
import { isEverything } from '../../state/image-pages.ts'
import { attempt } from '../../state/report.ts'
import { besidesTask, joinTask } from '../../state/task-filter.ts'
import { useApp, useImages, useSession } from '../../state/session-context.ts'
import { returnToStage } from '../controls/return-to-stage.ts'
import { Tip } from '../controls/Tip.tsx'
import { count } from '../words.ts'
import { FilterField } from './FilterField.tsx'

const shows = {
  all: 'All',
  unlabelled: 'Unlabelled',
  labelled: 'Labelled',
  todo: 'To do',
  working: 'In work',
  done: 'Done',
  flagged: 'Flagged',
  reviewed: 'Reviewed',
  proposed: 'With proposals',
  problem: 'Problems',
} as const satisfies Record<ImageFilter['show'], string>

/** Each with what its two directions are called. */
const sorts = {
  name: ['Name', 'A to Z', 'Z to A'],
  date: ['Date of the file', 'oldest first', 'newest first'],
  objects: ['Objects', 'fewest first', 'most first'],
  score: ['Lowest score', 'lowest first', 'highest first'],
  change: ['Last change', 'oldest first', 'newest first'],
  split: ['Split', 'training first', 'test first'],
  status: ['State', 'to do first', 'reviewed first'],
} as const satisfies Record<ImageSort['by'], readonly [string, string, string]>

const byName: ImageSort = { by: 'name', descending: false }

const keysOf = <T extends object>(object: T) => Object.keys(object) as (keyof T)[]

/** A saved filter in words. */
const textOf = ({ text, show, sort }: ImageFilter) =>
  [
    text.trim(),
    show === 'all' ? '' : shows[show],
    sort === undefined
      ? ''
      : `${sorts[sort.by][0].toLowerCase()}, ${sorts[sort.by][sort.descending ? 2 : 1]}`,
  ]
    .filter((part) => part !== '')
    .join(' · ')

/** The filter beside the open task. */
const useFilter = () => {
  const { images, navigation } = useSession()
  const project = useApp((state) => state.project)
  const whole = useImages((state) => state.filter)
  const set = (next: ImageFilter) =>
    attempt(
      images.setFilter({ ...next, text: joinTask(next.text, project) }).then(() => navigation.relocate()),
    )
  return { filter: { ...whole, text: besidesTask(whole.text, project) }, set }
}

const Mark = () => (
  <span className="menu-mark">
    <DropdownMenu.ItemIndicator>●</DropdownMenu.ItemIndicator>
  </span>
)

const ShowMenu = () => {
  const { counts, savedFilters } = useSession()
  const { filter, set } = useFilter()
  const known = useStore(counts.store, (state) => state.counts)
  const saved = useStore(savedFilters.store, (state) => state.filters)
  const isUsual = isEverything(filter) && filter.sort === undefined
  return (
    <DropdownMenu.Root onOpenChange={(open) => open && attempt(counts.refresh())}>
      <DropdownMenu.Trigger
        className="chip"
        data-testid="image-show"
        data-on={filter.show === 'all' ? undefined : ''}
        aria-label={`Images shown: ${shows[filter.show]}`}
      >
        {shows[filter.show]}
        <ChevronDown size={12} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content onCloseAutoFocus={returnToStage} className="menu" align="end" sideOffset={4}>
          <DropdownMenu.RadioGroup
            value={filter.show}
            onValueChange={(show) => set({ ...filter, show: show as ImageFilter['show'] })}
          >
            {keysOf(shows).map((show) => (
              <DropdownMenu.RadioItem key={show} value={show} className="menu-item">
                <Mark />
                {shows[show]}
                <span className="menu-keys" data-testid={`count-${show}`}>
                  {known === null ? '' : count(known[show])}
                </span>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="menu-line" />
          {saved.length > 0 && <div className="menu-head">Saved filters</div>}
          {saved.map((one) => (
            <DropdownMenu.Item key={textOf(one)} className="menu-item" onSelect={() => set(one)}>
              <span className="menu-mark" />
              <span className="menu-name">{textOf(one)}</span>
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Item
            className="menu-item"
            disabled={isUsual}
            data-testid="save-filter"
            onSelect={() => savedFilters.toggle(filter)}
          >
            <span className="menu-mark" />
            {savedFilters.has(filter) ? 'Forget this filter' : 'Save this filter'}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

const SortMenu = () => {
  const { filter, set } = useFilter()
  const { by, descending } = filter.sort ?? byName
  const [name, rising, falling] = sorts[by]
  const Icon = descending ? ArrowUpNarrowWide : ArrowDownNarrowWide
  const sortBy = (sort: ImageSort) => {
    const { text, show } = filter
    const isUsual = sort.by === byName.by && !sort.descending
    set(isUsual ? { text, show } : { text, show, sort })
  }
  return (
    <DropdownMenu.Root>
      <Tip text={`Sorted by: ${name.toLowerCase()}, ${descending ? falling : rising}`}>
        <DropdownMenu.Trigger
          className="chip"
          data-testid="image-sort"
          data-on={filter.sort === undefined ? undefined : ''}
          aria-label={`Sort: ${name}, ${descending ? falling : rising}`}
        >
          <Icon size={14} aria-hidden />
        </DropdownMenu.Trigger>
      </Tip>
      <DropdownMenu.Portal>
        <DropdownMenu.Content onCloseAutoFocus={returnToStage} className="menu" align="end" sideOffset={4}>
          <div className="menu-head">Sort by</div>
          <DropdownMenu.RadioGroup
            value={by}
            onValueChange={(to) => sortBy({ by: to as ImageSort['by'], descending })}
          >
            {keysOf(sorts).map((one) => (
              <DropdownMenu.RadioItem key={one} value={one} className="menu-item">
                <Mark />
                {sorts[one][0]}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.RadioGroup
            value={String(descending)}
            onValueChange={(to) => sortBy({ by, descending: to === 'true' })}
          >
            {[rising, falling].map((direction, at) => (
              <DropdownMenu.RadioItem key={direction} value={String(at === 1)} className="menu-item">
                <Mark />
                {direction.charAt(0).toUpperCase() + direction.slice(1)}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

export const ListFilter = () => (
  <div className="list-filter">
    <FilterField />
    <ShowMenu />
    <SortMenu />
  </div>
)
