/** The line in which a filter is typed, with what can be meant under it. */
import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { useStore } from 'zustand'
import { parseQuery } from '../../../common/image-query.ts'
import { attempt } from '../../state/report.ts'
import { besidesTask, joinTask } from '../../state/task-filter.ts'
import { useApp, useImages, useLabels, useSession } from '../../state/session-context.ts'
import { t } from '../../texts/t.ts'
import { attributeWords, complete, completionsOf, type Completion } from './completions.ts'

/** Typing goes on while the list of the last letters is on its way. */
const REST_MS = 120

const problemOf = (text: string): string | null => {
  const parsed = parseQuery(text)
  return 'problem' in parsed ? t(parsed.key, parsed.values) : null
}

export const FilterField = () => {
  const { images, navigation, tags } = useSession()
  const labels = useLabels()
  const known = useStore(tags.store)
  const project = useApp((state) => state.project)
  const whole = useImages((state) => state.filter)
  const filter = { text: besidesTask(whole.text, project) }
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(filter.text)
  const [caret, setCaret] = useState<number | null>(null)
  const [picked, setPicked] = useState(-1)
  // The filter can be set from elsewhere.
  const [shown, setShown] = useState(filter.text)
  if (shown !== filter.text) {
    setShown(filter.text)
    setText(filter.text)
  }
  const completions =
    caret === null
      ? null
      : completionsOf(text, caret, {
          class: labels.map(({ name }) => name),
          tag: known.tags.map(({ name }) => name),
          attr: attributeWords(labels),
        })
  const offered = completions?.items ?? []
  // While a key is being typed its value is missing yet.
  const problem = offered.length > 0 || text.endsWith(':') ? null : problemOf(text)

  const apply = async (typed: string) => {
    if (problemOf(typed) !== null) return false
    await images.setFilter({ ...images.store.getState().filter, text: joinTask(typed, project) })
    return true
  }
  /** Enter and the down arrow do not wait for the list of the last letters. */
  const openFirst = async () => {
    if (!(await apply(text))) return
    if (images.store.getState().total > 0) await navigation.goTo(0)
    else await navigation.relocate()
  }
  useEffect(() => {
    if (text === filter.text || problemOf(text) !== null) return
    const timer = setTimeout(() => {
      const next = { ...images.store.getState().filter, text: joinTask(text, project) }
      attempt(images.setFilter(next).then(() => navigation.relocate()))
    }, REST_MS)
    return () => clearTimeout(timer)
  }, [text, filter.text, project, images, navigation])

  const type = (typed: string, at: number | null) => {
    setText(typed)
    setCaret(at)
    setPicked(-1)
  }
  const take = (completion: Completion) => {
    if (completions === null) return
    const next = complete(text, completions, completion)
    // The caret can be set when the text is there, and must be set before the next letter comes.
    flushSync(() => type(next.text, next.caret))
    input.current?.setSelectionRange(next.caret, next.caret)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    const chosen = offered[picked]
    const move = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (move !== 0 && offered.length > 0) {
      event.preventDefault()
      setPicked((before) => Math.max(-1, Math.min(offered.length - 1, before + move)))
    } else if ((event.key === 'Enter' && chosen) || (event.key === 'Tab' && !event.shiftKey && offered[0])) {
      event.preventDefault()
      take(chosen ?? offered[0]!)
    } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault()
      if (problemOf(text) !== null) return
      event.currentTarget.blur()
      attempt(openFirst())
    } else if (event.key === 'Escape') {
      if (offered.length > 0) setCaret(null)
      else if (text === '') event.currentTarget.blur()
      else type('', 0)
    }
  }

  return (
    <>
      <div className="filter-field">
        <label className="search">
          <Search size={13} aria-hidden />
          <input
            ref={input}
            value={text}
            placeholder={t('Filter')}
            aria-label={t('Filter images by name or contents')}
            role="combobox"
            aria-autocomplete="list"
            aria-expanded={offered.length > 0}
            aria-controls="filter-offers"
            aria-activedescendant={picked < 0 ? undefined : `filter-offer-${picked}`}
            aria-invalid={problem !== null}
            data-testid="image-filter"
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => type(event.target.value, event.target.selectionStart)}
            // What there is to ask for is shown to whoever comes with nothing in mind.
            onFocus={() => {
              attempt(tags.refresh())
              if (text === '') setCaret(0)
            }}
            onBlur={() => setCaret(null)}
            onKeyDown={onKeyDown}
          />
          {text !== '' && (
            <button
              type="button"
              className="icon-button small"
              aria-label={t('Clear the filter')}
              onClick={() => type('', null)}
            >
              <X size={12} aria-hidden />
            </button>
          )}
        </label>
        {offered.length > 0 && (
          <ul className="menu filter-offers" id="filter-offers" role="listbox" aria-label={t('Filters')}>
            {offered.map((completion, at) => (
              <li
                key={completion.text}
                id={`filter-offer-${at}`}
                role="option"
                aria-selected={at === picked}
                className="menu-item"
                data-selected={at === picked}
                // The field keeps the focus.
                onPointerDown={(event) => {
                  event.preventDefault()
                  take(completion)
                }}
              >
                <b>{completion.text}</b>
                {completion.note !== '' && <span className="dim">{completion.note}</span>}
              </li>
            ))}
          </ul>
        )}
      </div>
      {problem !== null && (
        <p className="filter-problem" role="status" data-testid="filter-problem">
          {problem}
        </p>
      )}
    </>
  )
}
