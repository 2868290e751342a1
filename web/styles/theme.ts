/** Colours, icons and small corrections of Nuxt UI: the one place where its look is decided. */
export const theme = {
  colors: {
    primary: 'ustaz',
    secondary: 'slate',
    success: 'emerald',
    info: 'sky',
    warning: 'amber',
    error: 'rose',
    neutral: 'slate',
  },
} as const
