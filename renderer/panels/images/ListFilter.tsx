/** Which images the list shows: by text of the path, by state. */
import { ChevronDown, Search, X } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useEffect, useState } from 'react'
import type { ImageFilter } from '../../../common/contract/images.ts'
import { attempt } from '../../state/report.ts'
import { useImages, useSession } from '../../state/session-context.ts'
import { returnToStage } from '../controls/return-to-stage.ts'

const shows: readonly { readonly value: ImageFilter['show']; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'unlabelled', label: 'Unlabelled' },
  { value: 'labelled', label: 'Labelled' },
  { value: 'todo', label: 'To do' },
  { value: 'done', label: 'Done' },
  { value: 'problem', label: 'Problems' },
]
/** Typing goes on while the list of the last letters is on its way. */
const REST_MS = 120

export const ListFilter = () => {
  const { images, navigation } = useSession()
  const filter = useImages((state) => state.filter)
  const [text, setText] = useState(filter.text)
  // The filter can be cleared from elsewhere.
  const [known, setKnown] = useState(filter.text)
  if (known !== filter.text) {
    setKnown(filter.text)
    setText(filter.text)
  }

  const apply = (change: Partial<ImageFilter>) => {
    const next = { ...images.store.getState().filter, ...change }
    attempt(images.setFilter(next).then(() => navigation.relocate()))
  }
  /** Enter and the down arrow do not wait for the list of the last letters. */
  const openFirst = async () => {
    await images.setFilter({ ...images.store.getState().filter, text })
    if (images.store.getState().total > 0) await navigation.goTo(0)
    else await navigation.relocate()
  }
  useEffect(() => {
    if (text === filter.text) return
    const timer = setTimeout(() => {
      const next = { ...images.store.getState().filter, text }
      attempt(images.setFilter(next).then(() => navigation.relocate()))
    }, REST_MS)
    return () => clearTimeout(timer)
  }, [text, filter.text, images, navigation])

  return (
    <div className="list-filter">
      <label className="search">
        <Search size={13} aria-hidden />
        <input
          value={text}
          placeholder="Filter"
          aria-label="Filter images by name"
          data-testid="image-filter"
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'Enter' || event.key === 'ArrowDown') {
              event.preventDefault()
              event.currentTarget.blur()
              attempt(openFirst())
            } else if (event.key !== 'Escape') return
            else if (text === '') event.currentTarget.blur()
            else setText('')
          }}
        />
        {text !== '' && (
          <button
            type="button"
            className="icon-button small"
            aria-label="Clear the filter"
            onClick={() => setText('')}
          >
            <X size={12} aria-hidden />
          </button>
        )}
      </label>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger
          className="chip"
          data-testid="image-show"
          data-on={filter.show === 'all' ? undefined : ''}
          aria-label={`Images shown: ${shows.find(({ value }) => value === filter.show)?.label ?? ''}`}
        >
          {shows.find(({ value }) => value === filter.show)?.label}
          <ChevronDown size={12} aria-hidden />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content onCloseAutoFocus={returnToStage} className="menu" align="end" sideOffset={4}>
            <DropdownMenu.RadioGroup
              value={filter.show}
              onValueChange={(value) => apply({ show: value as ImageFilter['show'] })}
            >
              {shows.map(({ value, label }) => (
                <DropdownMenu.RadioItem key={value} value={value} className="menu-item">
                  <span className="menu-mark">
                    <DropdownMenu.ItemIndicator>●</DropdownMenu.ItemIndicator>
                  </span>
                  {label}
                </DropdownMenu.RadioItem>
              ))}
            </DropdownMenu.RadioGroup>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </div>
  )
}
