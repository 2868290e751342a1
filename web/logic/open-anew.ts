/**
 * Opens an address of the dashboard from the server, not from what this tab has loaded: after an upgrade the files of pages that it has
 * not opened yet are gone. Throws where the server is out of reach; the tab then stays as it is.
 */
export async function openAnew(fullPath: string): Promise<void> {
  const answer = await fetch('/', { cache: 'no-store' })
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`)
  location.assign(fullPath)
}
