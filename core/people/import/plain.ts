/** Letters and digits only, lower case, ё as е: "Год рождения *" and "год_рождения" are the same heading. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}
