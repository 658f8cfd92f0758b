/** Where in the list the image on screen is; a field to go to another by its number. */
import { useImages, useNavigation, useSession, useView } from '../../state/session-context.ts'
import { attempt } from '../../state/report.ts'
import { Tip } from '../controls/Tip.tsx'
import { t } from '../../texts/t.ts'

const Field = ({ total, index }: { total: number; index: number | null }) => {
  const { navigation, view } = useSession()
  const close = () => view.set({ jumping: false })
  return (
    <form
      className="jump"
      onSubmit={(event) => {
        event.preventDefault()
        const wanted = Number(new FormData(event.currentTarget).get('number'))
        close()
        if (Number.isInteger(wanted) && wanted > 0) attempt(navigation.goTo(wanted - 1))
      }}
    >
      <input
        name="number"
        className="input"
        inputMode="numeric"
        aria-label={t('Number of the image, 1 to {total}', { total })}
        data-testid="jump-field"
        defaultValue={index === null ? '' : index + 1}
        autoFocus
        onFocus={(event) => event.currentTarget.select()}
        onBlur={close}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Escape') close()
        }}
      />
      <span>{t('of {total, number}', { total })}</span>
    </form>
  )
}

export const ImagePosition = () => {
  const { view } = useSession()
  const total = useImages((state) => state.total)
  const index = useNavigation((state) => state.index)
  const jumping = useView((state) => state.jumping)
  if (total === 0) return <span className="panel-note" data-testid="image-position" />
  if (jumping) return <Field total={total} index={index} />
  return (
    <Tip text={t('Go to an image by its number')} action="go-to-image">
      <button
        type="button"
        className="panel-note as-button"
        data-testid="image-position"
        onClick={() => view.set({ jumping: true })}
      >
        {index === null
          ? t('{count, plural, one {# image} other {# images}}', { count: total })
          : t('{at, number} of {total, number}', { at: index + 1, total })}
      </button>
    </Tip>
  )
}
