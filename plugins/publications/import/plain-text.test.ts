import { expect, test } from 'vitest'
import { plainText } from './plain-text.ts'

test.each([
  ['Effects on <i>Drosophila melanogaster</i>', 'Effects on Drosophila melanogaster'],
  ['La<sub>0.7</sub>Sr<sub>0.3</sub>MnO<sub>3</sub>', 'La0.7Sr0.3MnO3'],
  ['Review for "&lt;scp&gt;NARX&lt;/scp&gt; model"', 'Review for "NARX model"'],
  ['The role of\n     <scp>AI</scp>\n   in ecology', 'The role of AI in ecology'],
  [
    'In <mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML" id="M1"><mml:mi>T</mml:mi></mml:math>-spaces',
    'In T-spaces',
  ],
  ['Oil &amp;amp; Gas &#8211; &#x41;', 'Oil & Gas – A'],
  ['when a<b and c>d, p<0.05', 'when a<b and c>d, p<0.05'],
  ['AT&T &unknown; x', 'AT&T &unknown; x'],
])('%s reads "%s"', (markup, text) => {
  expect(plainText(markup)).toBe(text)
})

test.each([null, undefined, '', '  ', '<i></i>', '&nbsp;'])('%o holds no text', (markup) => {
  expect(plainText(markup)).toBeNull()
})
