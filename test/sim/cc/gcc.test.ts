// The program gcc of the simulated machine: options, several inputs, exit codes, and the linker's words.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createSimulatedBackend } from '../../../src/sim/backend.ts'

/** What a script prints, both streams in order, and its exit code in the last line. */
async function output(script: string): Promise<string> {
  const backend = createSimulatedBackend()
  try {
    const shell = await backend.open({})
    const decoder = new TextDecoder()
    let text = ''
    const collect = (chunk: Uint8Array) => {
      text += decoder.decode(chunk, { stream: true })
    }
    const { exitCode } = await shell.run(script, { stdout: collect, stderr: collect })
    return `${text}[exit ${exitCode}]\n`
  } finally {
    await backend.dispose()
  }
}

const trivial = "printf 'int main(void) { return 3; }\\n' > ok.c"

describe('gcc', () => {
  test('makes a program that runs and gives its exit code', async () => {
    expect(await output(`${trivial}; gcc ok.c -o ok && ./ok`)).toBe('[exit 3]\n')
  })

  test('writes a.out when it is told no name', async () => {
    expect(await output(`${trivial}; cc ok.c; ls; ./a.out`)).toBe('a.out\nok.c\n[exit 3]\n')
  })

  test('-c writes an object, which links later', async () => {
    expect(await output(`${trivial}; gcc -c ok.c && gcc ok.o -o ok; ls; ./ok`)).toBe('ok\nok.c\nok.o\n[exit 3]\n')
  })

  test('links several sources', async () => {
    const sources = `printf 'int three(void) { return 3; }\\n' > three.c; printf 'int three(void); int main(void) { return three(); }\\n' > main.c`
    expect(await output(`${sources}; gcc main.c three.c -o both && ./both`)).toBe('[exit 3]\n')
  })

  test('takes names from -D and headers from -I', async () => {
    const sources = `mkdir inc; printf '#define THREE 3\\n' > inc/three.h; printf '#include <three.h>\\nint main(void) { return THREE + ONE; }\\n' > main.c`
    expect(await output(`${sources}; gcc -Iinc -DONE main.c && ./a.out`)).toBe('[exit 4]\n')
  })

  test('finds "header.h" beside the file that includes it', async () => {
    const sources = `mkdir src; printf 'static int x = 5;\\n' > src/x.h; printf '#include "x.h"\\nint main(void) { return x; }\\n' > src/x.c`
    expect(await output(`${sources}; gcc src/x.c && ./a.out`)).toBe('[exit 5]\n')
  })

  test('reads standard input with -x c -', async () => {
    expect(await output("echo 'int main(void) { return 7; }' | gcc -x c - -o seven && ./seven")).toBe('[exit 7]\n')
  })

  test('has the version of Debian 12', async () => {
    expect(await output('gcc --version | head -1; cc --version | head -1; gcc -dumpversion; gcc -dumpmachine')).toBe(
      'gcc (Debian 12.2.0-14+deb12u1) 12.2.0\ncc (Debian 12.2.0-14+deb12u1) 12.2.0\n12\nx86_64-linux-gnu\n[exit 0]\n',
    )
  })

  test.each([
    ['gcc', 'gcc: fatal error: no input files\ncompilation terminated.\n'],
    ['gcc nofile.c', 'cc1: fatal error: nofile.c: No such file or directory\ncompilation terminated.\n'],
    ['gcc -o', 'gcc: error: missing filename after ‘-o’\ngcc: fatal error: no input files\ncompilation terminated.\n'],
    ['gcc --bogus ok.c', 'gcc: error: unrecognized command-line option ‘--bogus’\n'],
    ['gcc -Wbogus ok.c', 'gcc: error: unrecognized command-line option ‘-Wbogus’\n'],
    ['gcc -std=c77 ok.c', 'gcc: error: unrecognized command-line option ‘-std=c77’; did you mean ‘-std=c17’?\n'],
    ['gcc -o ok.c ok.c', 'gcc: fatal error: input file ‘ok.c’ is the same as output file\ncompilation terminated.\n'],
    [
      'gcc ok.c -lnope',
      '/usr/bin/ld: cannot find -lnope: No such file or directory\ncollect2: error: ld returned 1 exit status\n',
    ],
    [
      'gcc ok.c -o /nonexistent/ok',
      '/usr/bin/ld: cannot open output file /nonexistent/ok: No such file or directory\ncollect2: error: ld returned 1 exit status\n',
    ],
    ['gcc -', 'gcc: error: -E or -x required when input is from standard input\n'],
    ['gcc -S ok.c', 'gcc: error: pause-lab: the simulated compiler makes no assembly code: -S is not simulated\n'],
  ])('%s fails', async (command, message) => {
    expect(await output(`${trivial}; ${command}`)).toBe(`${message}[exit 1]\n`)
  })

  test('takes the options that people add', async () => {
    const options =
      '-O2 -g -Os -std=c11 -pedantic -Wall -Wextra -Wshadow -Wno-unused -static -pipe -lm -lpthread -fno-builtin'
    expect(await output(`${trivial}; gcc ${options} ok.c && ./a.out`)).toBe('[exit 3]\n')
  })

  test('-Werror makes errors of warnings', async () => {
    expect(await output("printf 'int main(void) {\\n  int x;\\n}\\n' > w.c; gcc -Wall -Werror w.c")).toBe(
      'w.c: In function ‘main’:\nw.c:2:7: error: unused variable ‘x’ [-Werror=unused-variable]\n    2 |   int x;\n      |       ^\ncc1: all warnings being treated as errors\n[exit 1]\n',
    )
  })

  test('-E prints the source with its macros replaced', async () => {
    expect(await output("printf '#define TWO 2\\nint x = TWO;\\n' > m.c; gcc -E -P m.c")).toBe(
      '\nint x = 2;\n[exit 0]\n',
    )
  })

  test('quotes as the locale can', async () => {
    expect(await output("printf 'int main(void) { return x; }\\n' > q.c; LC_ALL=C gcc q.c 2>&1 | head -2")).toBe(
      "q.c: In function 'main':\nq.c:1:25: error: 'x' undeclared (first use in this function)\n[exit 0]\n",
    )
  })

  test('is not in an Alpine container', async () => {
    expect(await output('docker run --rm alpine sh -c gcc')).toBe('sh: gcc: not found\n[exit 127]\n')
  })

  test('the linker names what is missing, and where', async () => {
    const source = readFileSync(new URL('broken/link-no-main.c', import.meta.url), 'utf8')
    const recorded = readFileSync(new URL('broken/link-no-main.txt', import.meta.url), 'utf8')
    expect(await output(`cat > no-main.c <<'E'\n${source}E\ngcc no-main.c`)).toBe(recorded)
  })
})
