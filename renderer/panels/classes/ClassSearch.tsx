/** Finds a class by typing: Enter picks the first that fits, Esc shows all again. */
import type { Label } from '../../../common/model.ts'
import { useSession, useView, useWorkbenchActions } from '../../state/session-context.ts'
import { t } from '../../texts/t.ts'

/** Those that fit: names that begin with the text before those that hold it; a group's name finds its classes. */
export const findClasses = (labels: readonly Label[], text: string): readonly Label[] => {
  const wanted = text.trim().toLocaleLowerCase()
  if (wanted === '') return labels
  const rank = ({ name, supercategory }: Label): number => {
    const at = name.toLocaleLowerCase().indexOf(wanted)
    if (at >= 0) return at === 0 ? 0 : 1
    return supercategory?.toLocaleLowerCase().includes(wanted) === true ? 2 : 3
  }
  return labels
    .map((label) => ({ label, rank: rank(label) }))
    .filter((one) => one.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ label }) => label)
}

export const ClassSearch = ({ found }: { found: readonly Label[] }) => {
  const { view } = useSession()
  const actions = useWorkbenchActions()
  const text = useView((state) => state.classSearch) ?? ''
  const leave = () => view.set({ classSearch: null })
  return (
    <div className="name-field" role="search">
      <input
        autoFocus
        value={text}
        aria-label={t('Find a class')}
        placeholder={t('Find a class')}
        spellCheck={false}
        autoComplete="off"
        data-testid="class-search"
        onChange={(event) => view.set({ classSearch: event.target.value })}
        onBlur={() => text === '' && leave()}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Escape') leave()
          if (event.key !== 'Enter' || found[0] === undefined) return
          actions.pickLabel(found[0].id)
          leave()
        }}
      />
    </div>
  )
}
