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
  button: {
    variants: { size: { md: { leadingIcon: 'size-4', trailingIcon: 'size-4' } } },
  },
} as const
