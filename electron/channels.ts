/** Names that the main process and the preload script share. */

/** The page's address inside the app; answered by image-protocol.ts, never by a network. */
export const pageOrigin = 'https://maskwright.localhost'
export const callChannel = 'maskwright:call'
export const eventChannel = 'maskwright:event'
