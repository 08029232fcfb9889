// The markdown-it plugin for annotated listings: what it draws, what it leaves alone, and that nothing in it runs.
import MarkdownIt from 'markdown-it'
import { expect, test } from 'vitest'
import { annotatedListings, annotatedTokens, listingCode } from '../../src/notebook/annotated-listing.ts'

function html(
  markdown: string,
  options: Parameters<typeof annotatedListings>[0] = {},
  env: Record<string, unknown> = {},
): string {
  return new MarkdownIt({ html: true }).use(annotatedListings(options)).render(markdown, env)
}

const plain = new MarkdownIt({ html: true })

test('a block with markers and the list behind it are one figure', () => {
  expect(
    html('```c { name=pause.c ignore=true }\nfor (;;)\n  pause(); // (1)\n```\n\n1. Sleeps in `S`.\n\nText.\n'),
  ).toBe(
    `<figure class="annotated-listing" data-language="c" data-file="pause.c">
<pre><code><span class="line" data-line="1">for (;;)</span>
<span class="line" data-line="2">  pause();<span class="marker" data-note="1">(1)</span></span>
</code></pre>
<ol class="notes">
<li data-note="1" value="1">Sleeps in <code>S</code>.</li>
</ol>
</figure>
<p>Text.</p>
`,
  )
})

test('recorded output names its cell; numbers may start elsewhere, and a note may explain two lines', () => {
  expect(html('```text { output=look ignore=true }\n1 S # (3)\n2 Z # (3)\n```\n3. Both.\n')).toBe(
    `<figure class="annotated-listing" data-language="text" data-output="look">
<pre><code><span class="line" data-line="1">1 S<span class="marker" data-note="3">(3)</span></span>
<span class="line" data-line="2">2 Z<span class="marker" data-note="3">(3)</span></span>
</code></pre>
<ol start="3" class="notes">
<li data-note="3" value="3">Both.</li>
</ol>
</figure>
`,
  )
})

test('a program in C names what its lines can be followed with; other languages do not', () => {
  const figures = ['c', 'sh'].map((language) =>
    /<figure[^>]*>/.exec(html(`\`\`\`${language} { file=i.c step=i,a }\nf(); // (1)\n\`\`\`\n1. One.\n`)),
  )
  expect(figures.map((figure) => figure?.[0])).toEqual([
    '<figure class="annotated-listing" data-language="c" data-file="i.c" data-step="i,a">',
    '<figure class="annotated-listing" data-language="sh" data-file="i.c">',
  ])
})

test('a marker that nothing explains is a comment like any other', () => {
  expect(html('```sh\na # (1)\nb # (2)\n```\n1. One.\n')).toContain('<span class="line" data-line="2">b # (2)</span>')
})

test.each([
  ['no list', '```sh\na # (1)\n```\n'],
  ['text between', '```sh\na # (1)\n```\n\nText.\n\n1. One.\n'],
  ['a list of bullets', '```sh\na # (1)\n```\n\n- One.\n'],
  ['no marker', '```sh\na\n```\n\n1. One.\n'],
  ['other numbers', '```sh\na # (4)\n```\n\n1. One.\n'],
  ['a block in a list', '- ```sh\n  a # (1)\n  ```\n\n  1. One.\n'],
  ['indented code', '    a # (1)\n\n1. One.\n'],
])('it leaves alone: %s', (_name, markdown) => {
  expect(html(markdown)).toBe(plain.render(markdown))
})

test('a document that does not want it is drawn as ever, also after one that does', () => {
  const markdown = '```c\npause(); // (1)\n```\n\n1. <i class="x">Sleeps.</i>\n'
  const md = new MarkdownIt({ html: true }).use(
    annotatedListings({ isWanted: (env) => (env as { ours?: boolean }).ours === true }),
  )
  const tokens = md.parse(markdown, {})
  const draw = (ours: boolean) => md.renderer.render(tokens, md.options, { ours })
  expect(draw(false)).toBe(plain.render(markdown))
  expect(draw(true)).toMatch(/^<figure class="annotated-listing"/)
})

test('what stands before a text is drawn with the notes that it begins with', () => {
  const before = '```text { output=look ignore=true }\n1 S # (1)\n```'
  const drawn: unknown[] = []
  const env = { cell: 1 }
  const options = { before: () => before, onDraw: (env: unknown) => drawn.push(env) }
  expect(html('1. Sleeps.\n', options, env)).toBe(html(`${before}\n\n1. Sleeps.\n`))
  expect(drawn).toEqual([env])
})

test('further attributes stand on the figure, escaped', () => {
  expect(html('```c\na // (1)\n```\n1. A.\n', { attributes: () => ({ 'data-words': '{"copy":"<Copy>"}' }) })).toMatch(
    /^<figure class="annotated-listing" data-language="c" data-words="{&quot;copy&quot;:&quot;&lt;Copy&gt;&quot;}">/,
  )
})

test('the tokens carry the code, for whoever draws no HTML', () => {
  const md = new MarkdownIt().use(annotatedListings())
  const token = md.parse('```c\na // (1)\nb\n```\n1. A.\n', {}).find(({ type }) => type === annotatedTokens.code)
  expect(token && listingCode(token)).toEqual({ language: 'c', lines: [{ text: 'a', note: 1 }, { text: 'b' }] })
})

const attack = '<img src=x onerror="alert(1)"><script>alert(1)</script>'

test.each([
  ['the listing', `\`\`\`c\n</code></pre>${attack} // (1)\n\`\`\`\n1. One.\n`],
  ['the language', '```c"><img/src=x/onerror=alert(1)>\na // (1)\n```\n1. One.\n'],
  ['an attribute', '```c { file="><img/src=x/onerror=alert(1)> }\na // (1)\n```\n1. One.\n'],
  ['a note', `\`\`\`c\na // (1)\n\`\`\`\n1. One ${attack}\n`],
  ['a block in a note', `\`\`\`c\na // (1)\n\`\`\`\n1. One.\n\n   <div onclick="alert(1)">\n   ${attack}\n   </div>\n`],
  ['a link in a note', '```c\na // (1)\n```\n1. [One](javascript:alert(1)) ![x](javascript:alert(1))\n'],
  ['an image in a note', '```c\na // (1)\n```\n1. ![x" onerror="alert(1)](y "z\\" onerror=\\"alert(1)")\n'],
  ['a harmless tag with an attribute', '```c\na // (1)\n```\n1. <kbd onclick="alert(1)">x</kbd>\n'],
])('nothing runs that comes from %s', (_name, markdown) => {
  const tags = [...html(markdown).matchAll(/<(?!\/)([a-z0-9]+)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*>/gi)]
  const names = tags.map(([, name]) => name)
  const attributes = tags.flatMap(([, , all]) => [...(all ?? '').matchAll(/\s([a-z-]+)(?:="([^"]*)")?/gi)])
  expect(
    names.filter((name) => !['figure', 'pre', 'code', 'span', 'ol', 'li', 'p', 'img'].includes(name ?? '')),
  ).toEqual([])
  expect(attributes.filter(([, name, value]) => /^on/i.test(name ?? '') || /^javascript:/i.test(value ?? ''))).toEqual(
    [],
  )
  expect(names.filter((name) => name === 'img')).toHaveLength(markdown.includes('![x"') ? 1 : 0)
})

test('a key in a note is still a key', () => {
  expect(html('```c\na // (1)\n```\n1. Press <kbd>j</kbd>.\n')).toContain('Press <kbd>j</kbd>.')
})
