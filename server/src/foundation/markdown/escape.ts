/** Text as it has to be written in HTML, between tags and between quotes. NUL is in no HTML, and PostgreSQL keeps none. */
export const escapeHtml = (text: string) => text.replace(/[&<>"'\0]/g, (character) => entities[character]!)

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\0': '\ufffd',
}
