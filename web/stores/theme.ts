export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const themeKey = 'ustaz.theme'
const prefersDark = window.matchMedia('(prefers-color-scheme: dark)')

export function readTheme(): Theme {
  return themes.find((theme) => theme === localStorage.getItem(themeKey)) ?? 'system'
}

/** Shows the theme and remembers it; `system` follows the operating system while the page is open. */
export function applyTheme(theme: Theme): void {
  localStorage.setItem(themeKey, theme)
  const show = () => {
    const dark = theme === 'dark' || (theme === 'system' && prefersDark.matches)
    document.documentElement.classList.toggle('dark', dark)
    document.documentElement.style.colorScheme = dark ? 'dark' : 'light'
  }
  prefersDark.onchange = theme === 'system' ? show : null
  show()
}
