import { useText } from './use-text.ts'

/** What the parts and fields of a regulation are called in forms; a field that has no name of its own is called as everywhere. */
export function useFormTexts() {
  const { t, te } = useText()
  /** The text of the first key that has one; null: none has. */
  const first = (...keys: string[]): string | null => {
    const known = keys.find((key) => te(key))
    return known === undefined ? null : t(known)
  }
  return {
    /** A field of a part; its own name where nobody named it (a plugin's parameter). */
    label: (part: string | null, field: string) =>
      first(`editor.fields.${part ?? 'common'}.${field}`, `editor.fields.common.${field}`) ?? field,
    help: (part: string | null, field: string) =>
      first(`editor.help.${part ?? 'common'}.${field}`, `editor.help.common.${field}`) ?? '',
    /** What it means that nothing stands in a field. */
    nothing: (part: string | null, field: string) =>
      first(`editor.nothing.${part ?? 'common'}.${field}`, `editor.nothing.common.${field}`) ??
      t('editor.none'),
    kind: (part: string | null, kind: string) => first(`editor.kinds.${part ?? 'common'}.${kind}`) ?? kind,
    option: (part: string | null, field: string, option: string) =>
      first(`editor.options.${part ?? 'common'}.${field}.${option}`) ?? option,
  }
}
