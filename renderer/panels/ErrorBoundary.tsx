/** Catches what breaks while drawing: says what happened, offers to start the window anew. Stored work is not touched. */
import { Component, type ReactNode } from 'react'
import { messageOf } from '../../common/errors.ts'
import { t } from '../texts/t.ts'

export class ErrorBoundary extends Component<{ children: ReactNode }, { message: string | null }> {
  override state: { message: string | null } = { message: null }

  static getDerivedStateFromError(thrown: unknown) {
    return { message: messageOf(thrown) }
  }

  override render() {
    const { message } = this.state
    if (message === null) return this.props.children
    return (
      <div className="crash" role="alert">
        <h1>{t('The window has met an error')}</h1>
        <p>{t('Everything you kept is stored. Reloading the window starts it anew.')}</p>
        <pre>{message}</pre>
        <button type="button" className="button primary" onClick={() => location.reload()}>
          {t('Reload')}
        </button>
      </div>
    )
  }
}
