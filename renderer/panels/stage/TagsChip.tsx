/** The tags of the image: shown, taken off, and picked from those of the project or typed anew. */
import { Tag, X } from 'lucide-react'
import { useEffect, useState, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import { limits } from '../../../common/limits.ts'
import { cleanTag, withTag } from '../../../common/tags.ts'
import { attempt } from '../../state/report.ts'
import { useSession, useWorkbench, useWorkbenchActions } from '../../state/session-context.ts'
import { plural } from '../words.ts'
import { MarkPopover } from './MarkPopover.tsx'
import { t } from '../../texts/t.ts'

/** As many as are read at a glance. */
const MOST_OFFERED = 8

const TagsForm = ({ tags }: { tags: readonly string[] }) => {
  const session = useSession()
  const actions = useWorkbenchActions()
  const known = useStore(session.tags.store, (state) => state.tags)
  const [text, setText] = useState('')
  const [picked, setPicked] = useState(-1)
  useEffect(() => attempt(session.tags.refresh()), [session])
  const typed = cleanTag(text).toLocaleLowerCase()
  const offered = known
    .filter(({ name }) => !tags.includes(name) && name.toLocaleLowerCase().includes(typed))
    .slice(0, MOST_OFFERED)

  const set = (next: readonly string[]) => attempt(actions.mark({ tags: [...next] }))
  const add = (tag: string) => {
    set(
      withTag(
        tags,
        tag,
        known.map(({ name }) => name),
      ),
    )
    setText('')
    setPicked(-1)
  }
  const takeOff = (tag: string) => set(tags.filter((other) => other !== tag))
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    const move = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const last = tags.at(-1)
    if (move !== 0) setPicked((at) => Math.max(-1, Math.min(offered.length - 1, at + move)))
    else if (event.key === 'Enter' && text.trim() === '' && picked < 0) session.view.set({ marking: null })
    else if (event.key === 'Enter') add(offered[picked]?.name ?? text)
    else if (event.key === 'Backspace' && text === '' && last !== undefined) takeOff(last)
    else return
    event.preventDefault()
  }
  return (
    <div className="mark-form">
      {tags.length > 0 && (
        <ul className="tag-list" aria-label={t('Tags of this image')}>
          {tags.map((tag) => (
            <li key={tag} className="tag">
              {tag}
              <button
                type="button"
                className="icon-button small"
                aria-label={t('Take the tag {tag} off', { tag })}
                onClick={() => takeOff(tag)}
              >
                <X size={11} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        className="input"
        aria-label={t('Add a tag')}
        placeholder={t('Add a tag')}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={offered.length > 0}
        aria-controls="tag-offers"
        aria-activedescendant={picked < 0 ? undefined : `tag-offer-${picked}`}
        maxLength={limits.tag}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        data-testid="tag-field"
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setPicked(-1)
        }}
        onKeyDown={onKeyDown}
      />
      {offered.length > 0 && (
        <ul className="tag-offers" id="tag-offers" role="listbox" aria-label={t('Tags of the project')}>
          {offered.map(({ name, images }, at) => (
            <li
              key={name}
              id={`tag-offer-${at}`}
              role="option"
              aria-selected={at === picked}
              className="menu-item"
              data-selected={at === picked}
              // The field keeps the focus.
              onPointerDown={(event) => {
                event.preventDefault()
                add(name)
              }}
            >
              <span className="menu-name">{name}</span>
              <span className="menu-keys">{plural(images, 'image')}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="mark-note">{t('Enter adds what is typed; with nothing typed it closes.')}</p>
    </div>
  )
}

const none: readonly string[] = []

export const TagsChip = () => {
  const imageId = useWorkbench((state) => state.image?.id)
  const tags = useWorkbench((state) => state.image?.tags ?? none)
  const said = tags.length === 0 ? null : tags.join(', ')
  return (
    <MarkPopover
      name="tags"
      actionId="tags"
      said={said}
      chip={
        <>
          <Tag size={14} strokeWidth={2} aria-hidden />
          {said !== null && <span className="mark-text">{said}</span>}
        </>
      }
    >
      <TagsForm key={imageId} tags={tags} />
    </MarkPopover>
  )
}
