/** Conformance items, C-01 to C-99, without a case here, and why. `npm run e2e -- --list` shows them among the others. */

export const notOurs = []

/**
 * What a client does with a server that misbehaves. Cadastre never does; the case shows why its obligation matters, with
 * a proxy that spoils Cadastre's own answer.
 */
export const clientsOwn = {
  'C-05': 'Cadastre sends application/json (C-01); the case spoils the media type',
  'C-06': 'Cadastre has the document; the case takes it away',
  'C-07': 'the client tries discovery once, whatever Cadastre does; the case answers 429 and 503',
  'C-22': 'Cadastre answers 204 (C-21); the case makes it a 200 with a body',
  'C-23': 'Cadastre sets the header (C-21); the case takes it away',
  'C-27': 'Cadastre sends no checksum parameter; the case adds one that is wrong, C-26 one that is right',
  'C-29': 'Cadastre sends archives itself; the case lets a proxy send the client elsewhere',
  'C-32': 'Cadastre links whole archives; the case adds a folder',
  'C-39': 'the client does not retry archives, whatever Cadastre does; the case answers 503',
  'C-41': 'refused by the client before it asks; the case shows that Cadastre refuses it at the upload too',
  'C-44': 'Cadastre lists strict versions only, and refuses others at the upload; the case adds one with a v',
  'C-51': 'Cadastre lists what it serves; the case takes the platforms out of the list',
  'C-59': 'Cadastre serves what was signed; the case changes the zip on its way',
  'C-60': 'Cadastre serves what was signed; the case changes the sums on their way',
  'C-67': 'Cadastre never changes a version; the case serves another release under its address',
  'C-74': 'Cadastre sends application/json; the case spoils the media type as well',
  'C-77': 'Cadastre lists both hashes; the case also takes them away, one or both, and makes them wrong',
  'C-78': 'Cadastre lists well-formed hashes; the case puts in one that is not',
  'C-81': 'the client trips over the port before it asks, whatever Cadastre does',
}
