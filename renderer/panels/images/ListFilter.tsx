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
import { msg } from '../../../common/said.ts'
import { t } from '../../texts/t.ts'
import { FilterField } from './FilterField.tsx'

const shows = {
  all: msg('All'),
  unlabelled: msg('Unlabelled'),
  labelled: msg('Labelled'),
  todo: msg('To do'),
  working: msg('In work'),
  done: msg('Done'),
  flagged: msg('Flagged'),
  reviewed: msg('Reviewed'),
  proposed: msg('With proposals'),
  problem: msg('Problems'),
} as const satisfies Record<ImageFilter['show'], string>

interface SortTexts {
  readonly name: string
  /** The name within a sentence. */
  readonly inside: string
  readonly rising: string
  readonly falling: string
}

const sorts: Readonly<Record<ImageSort['by'], SortTexts>> = {
  name: { name: msg('Name'), inside: msg('name'), rising: msg('A to Z'), falling: msg('Z to A') },
  date: {
    name: msg('Date of the file'),
    inside: msg('date of the file'),
    rising: msg('oldest first'),
    falling: msg('newest first'),
  },
  objects: {
    name: msg('Objects'),
    inside: msg('objects'),
    rising: msg('fewest first'),
    falling: msg('most first'),
  },
  score: {
    name: msg('Lowest score'),
    inside: msg('lowest score'),
    rising: msg('lowest first'),
    falling: msg('highest first'),
  },
  change: {
    name: msg('Last change'),
    inside: msg('last change'),
    rising: msg('oldest first'),
    falling: msg('newest first'),
  },
  split: {
    name: msg('Split'),
    inside: msg('split'),
    rising: msg('training first'),
    falling: msg('test first'),
  },
  status: {
    name: msg('State'),
    inside: msg('state'),
    rising: msg('to do first'),
    falling: msg('reviewed first'),
  },
}

const directionOf = ({ by, descending }: ImageSort): string =>
  t(descending ? sorts[by].falling : sorts[by].rising)

const byName: ImageSort = { by: 'name', descending: false }

const keysOf = <T extends object>(object: T) => Object.keys(object) as (keyof T)[]

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** A saved filter in words. */
const textOf = ({ text, show, sort }: ImageFilter) =>
  [
    text.trim(),
    show === 'all' ? '' : t(shows[show]),
    sort === undefined ? '' : `${t(sorts[sort.by].inside)}, ${directionOf(sort)}`,
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
    <DropdownMenu.ItemIndicator aria-hidden>●</DropdownMenu.ItemIndicator>
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
        aria-label={t('Images shown: {which}', { which: t(shows[filter.show]) })}
      >
        {t(shows[filter.show])}
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
                {t(shows[show])}
                <span className="menu-keys" data-testid={`count-${show}`}>
                  {known === null ? '' : count(known[show])}
                </span>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="menu-line" />
          {saved.length > 0 && <div className="menu-head">{t('Saved filters')}</div>}
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
            {savedFilters.has(filter) ? t('Forget this filter') : t('Save this filter')}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

const SortMenu = () => {
  const { filter, set } = useFilter()
  const sort = filter.sort ?? byName
  const { by, descending } = sort
  const { name, inside, rising, falling } = sorts[by]
  const Icon = descending ? ArrowUpNarrowWide : ArrowDownNarrowWide
  const sortBy = (next: ImageSort) => {
    const { text, show } = filter
    const isUsual = next.by === byName.by && !next.descending
    set(isUsual ? { text, show } : { text, show, sort: next })
  }
  return (
    <DropdownMenu.Root>
      <Tip text={t('Sorted by: {what}, {direction}', { what: t(inside), direction: directionOf(sort) })}>
        <DropdownMenu.Trigger
          className="chip"
          data-testid="image-sort"
          data-on={filter.sort === undefined ? undefined : ''}
          aria-label={t('Sort: {what}, {direction}', { what: t(name), direction: directionOf(sort) })}
        >
          <Icon size={14} aria-hidden />
        </DropdownMenu.Trigger>
      </Tip>
      <DropdownMenu.Portal>
        <DropdownMenu.Content onCloseAutoFocus={returnToStage} className="menu" align="end" sideOffset={4}>
          <div className="menu-head">{t('Sort by')}</div>
          <DropdownMenu.RadioGroup
            value={by}
            onValueChange={(to) => sortBy({ by: to as ImageSort['by'], descending })}
          >
            {keysOf(sorts).map((one) => (
              <DropdownMenu.RadioItem key={one} value={one} className="menu-item">
                <Mark />
                {t(sorts[one].name)}
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
                {capitalised(t(direction))}
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
