/**
 * Serves the page: renderer files, and images and thumbnails by id. No path of the disk crosses it.
 *
 * The session's https is answered here, whole: an ordinary secure origin for the page (workers, fetch, storage), no
 * scheme to register before the app is ready, and no way to a network: every other address is refused.
 */
import type { Session } from 'electron'
import { answerText, type AnswerPage } from '../core/shell/page.ts'
import { PAGE_ORIGIN } from './channels.ts'

export const servePage = (session: Session, answerPage: AnswerPage): void => {
  session.protocol.handle('https', async (request) => {
    const url = new URL(request.url)
    const ours = url.origin === PAGE_ORIGIN && request.method === 'GET'
    const { status, headers, body } = ours
      ? await answerPage(url, request.headers.get('if-none-match'))
      : answerText(403, 'Refused: not a page of this app')
    return new Response(status === 304 ? null : body, { status, headers: { ...headers } })
  })
  session.protocol.handle('http', () => new Response('Refused: this app uses no network', { status: 403 }))
}
