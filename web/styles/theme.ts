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
    // Its words are read under the pointer too (WCAG 1.4.3).
    compoundVariants: [
      { color: 'primary', variant: 'solid', class: 'hover:bg-primary/90 active:bg-primary/90' },
      { color: 'error', variant: 'solid', class: 'hover:bg-error/90 active:bg-error/90' },
    ],
  },
} as const
