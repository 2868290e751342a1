/** The texts `page` of the plugin's messages, by language and key; the server makes the file. */
declare const messages: Readonly<Record<'kk' | 'ru' | 'en', Readonly<Record<string, string>>>>
export default messages
