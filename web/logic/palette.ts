/** Colours of areas in charts, in their order in the regulation; told apart by people who see few colours too. */
const colours = ['#1a7f96', '#d19a2e', '#8d5a97', '#6a9a4a', '#c2603f', '#5578a8', '#9c8a63', '#7a8790']

export function colourOf(index: number): string {
  return colours[index % colours.length] ?? '#7a8790'
}
