// Templates as `docker inspect -f` executes them on decoded JSON, and on typed values; errors are Go's, word for word.
import { describe, expect, it } from 'vitest'
import {
  dockerFunctions,
  fromJson,
  GoMap,
  GoNil,
  GoSlice,
  GoStruct,
  GoTemplate,
  TemplateExecError,
  TemplateParseError,
} from '../../src/text/go-template.ts'

const container = fromJson({
  Id: '7753a30c742f5c0bb0fdc867acd3279df35f0699d1926f30a7031f4c4e59f648',
  Name: '/sleeper',
  State: { Status: 'running', Running: true, Pid: 1429, Health: null },
  Args: ['1000', '<a&b>'],
  Config: { Cmd: ['sleep', '1000'], Labels: { tier: 'back', app: 'demo' }, Volumes: null },
})

const typed = new GoStruct(
  '*types.ContainerJSON',
  new Map<string, unknown>([
    [
      'State',
      new GoStruct(
        '*types.ContainerState',
        new Map<string, unknown>([
          ['Status', 'running'],
          ['Pid', 1429],
        ]),
      ),
    ],
    ['Cmd', new GoSlice('[]string', ['sleep', '1000'])],
    ['Binds', new GoSlice('[]string', undefined)],
    [
      'Labels',
      new GoMap(
        'map[string]string',
        new Map([
          ['tier', 'back'],
          ['app', 'demo'],
        ]),
      ),
    ],
    ['Volumes', new GoMap('map[string]struct {}', undefined)],
    ['Health', new GoNil('*container.Health')],
    ['Pid', 1429],
    ['Name', '/sleeper'],
  ]),
  { methods: new Map([['Label', { parameters: 1, call: (name: string) => `label ${name}` }]]) },
)

function check(source: string, expected: string, data: unknown = container): void {
  let found: string
  try {
    found = new GoTemplate(source, dockerFunctions).execute(data, { missingKeyIsError: data === container })
  } catch (error) {
    if (!(error instanceof TemplateExecError || error instanceof TemplateParseError)) throw error
    found = error.message
  }
  expect(found).toBe(expected)
}

describe('values as they are printed', () => {
  it.each([
    ['{{.Name}}', '/sleeper'],
    ['{{.State.Pid}} {{.State.Running}}', '1429 true'],
    ['{{.Args}}', '[1000 <a&b>]'],
    ['{{.Config.Labels}}', 'map[app:demo tier:back]'],
    ['{{.State}}', 'map[Health:<nil> Pid:1429 Running:true Status:running]'],
    ['{{.State.Health}}', '<no value>'],
    ['{{json .State}}', '{"Health":null,"Pid":1429,"Running":true,"Status":"running"}'],
    ['{{json .Args}}', '["1000","<a&b>"]'],
    ['{{.Config.Volumes}}', '<no value>'],
    ['a{{/* nothing */}}b', 'ab'],
    ['{{"quoted\\t\\u00e9"}}{{`raw\\t`}}', 'quoted\téraw\\t'],
    ['{{1.5}} {{0x10}} {{1e3}} {{true}}', '1.5 16 1000 true'],
    ["{{'a'}}", '97'],
  ])('%s', (source, expected) => check(source, expected))

  it.each([
    ['{{.State}}', '{running 1429}'],
    ['{{.Cmd}} {{.Binds}} {{.Labels}} {{.Volumes}} {{.Health}}', '[sleep 1000] [] map[app:demo tier:back] map[] <nil>'],
    ['{{.Labels.nope}}', '<no value>'],
    ['{{index .Labels "nope"}}|', '|'],
    ['{{json .Binds}} {{json .Volumes}} {{json .Labels}}', 'null null {"app":"demo","tier":"back"}'],
    ['{{join .Cmd "+"}}', 'sleep+1000'],
    ['{{.Label "com"}}', 'label com'],
    ['{{.Label}}', 'template: :1:2: executing "" at <.Label>: wrong number of args for Label: want 1 got 0'],
    ['{{.Nope}}', `template: :1:2: executing "" at <.Nope>: can't evaluate field Nope in type *types.ContainerJSON`],
    ['{{.Health.Log}}', 'template: :1:9: executing "" at <.Health.Log>: nil pointer evaluating *container.Health.Log'],
    ['{{.Name.X}}', `template: :1:7: executing "" at <.Name.X>: can't evaluate field X in type string`],
    ['{{if eq .Pid 1429}}same{{end}}', 'same'],
  ])('%s of a typed value', (source, expected) => check(source, expected, typed))
})

describe('control', () => {
  it.each([
    ['{{if .State.Running}}up{{else}}down{{end}}', 'up'],
    ['{{if not .State.Running}}a{{else if eq .Name "/sleeper"}}b{{else}}c{{end}}', 'b'],
    ['{{range .Config.Cmd}}{{.}},{{end}}', 'sleep,1000,'],
    ['{{range $i, $c := .Config.Cmd}}{{$i}}={{$c}} {{end}}', '0=sleep 1=1000 '],
    ['{{range $k, $v := .Config.Labels}}{{$k}}={{$v}};{{end}}', 'app=demo;tier=back;'],
    ['{{range .Config.Volumes}}x{{else}}none{{end}}', 'none'],
    ['{{range .Config.Cmd}}{{if eq . "1000"}}{{break}}{{end}}{{.}}{{end}}', 'sleep'],
    ['{{range .Config.Cmd}}{{if eq . "sleep"}}{{continue}}{{end}}{{.}}{{end}}', '1000'],
    ['{{with .State}}{{.Pid}} {{$.Name}}{{end}}', '1429 /sleeper'],
    ['{{with .Config.Volumes}}x{{else}}none{{end}}', 'none'],
    ['{{with .Config.Volumes}}x{{else with .Name}}{{.}}{{end}}', '/sleeper'],
    ['{{$n := .Name}}{{$n}}{{$n = "b"}}{{$n}}', '/sleeperb'],
    ['{{$x := 1}}{{if true}}{{$x = 2}}{{$x := 3}}{{end}}{{$x}}', '2'],
    ['{{define "t"}}<{{.}}>{{end}}{{template "t" .Name}}', '</sleeper>'],
    ['{{block "b" .State}}{{.Pid}}{{end}}', '1429'],
    ['a  {{- .Name -}}  b', 'a/sleeperb'],
    ['a {{- /* trimmed */ -}} b', 'ab'],
    ['{{3 -}} x', '3x'],
  ])('%s', (source, expected) => check(source, expected))
})

describe('functions', () => {
  it.each([
    ['{{upper .State.Status}} {{lower "ABC"}} {{title "web server"}}', 'RUNNING abc Web Server'],
    ['{{len .Id}} {{len .Config.Cmd}} {{len .Config.Labels}}', '64 2 2'],
    ['{{printf "%.12s" .Id}} {{slice .Name 1}} {{slice .Name 1 3}}', '7753a30c742f sleeper sl'],
    ['{{index .Config.Labels "app"}} {{index .Config.Cmd 1}}', 'demo 1000'],
    ['{{split .Name "/"}} {{index (split "a:b" ":") 1}}', '[ sleeper] b'],
    ['{{(index .Config.Cmd 0) | printf "%-8s|"}}', 'sleep   |'],
    ['{{printf "%5d|%-5d|%05d|%x|%t|%q|%v|%%" 42 42 42 255 true "a" nil}}', '   42|42   |00042|ff|true|"a"|<nil>|%'],
    [
      '{{printf "%d %s" "x" 1}} {{printf "%d"}} {{printf "a" 1}}',
      '%!d(string=x) %!s(int=1) %!d(MISSING) a%!(EXTRA int=1)',
    ],
    ['{{print 1 2 "a" "b" 3}} {{println "x" 1}}', '1 2ab3 x 1\n'],
    ['{{and 1 0 2}} {{or 0 "" "x"}} {{not ""}}', '0 x true'],
    ['{{or .State.Running .Nope}}', 'true'],
    ['{{eq 1 2 1}} {{ne "a" "b"}} {{lt 1 2}} {{le 2 2}} {{gt "b" "a"}} {{ge 1 2}}', 'true true true true true false'],
    ['{{pad "x" 1 2}}| {{truncate "abcdef" 3}}', ' x  | abc'],
    [`{{html "<a href='x'>"}} {{js "it's"}} {{urlquery "a b&c"}}`, "&lt;a href=&#39;x&#39;&gt; it\\'s a+b%26c"],
    ['{{.Name | printf "%s-%s" "a" | upper}}', 'A-/SLEEPER'],
  ])('%s', (source, expected) => check(source, expected))
})

describe('errors while executing', () => {
  it.each([
    ['{{.Nope}}', 'template: :1:2: executing "" at <.Nope>: map has no entry for key "Nope"'],
    ['{{.State.Nope}}', 'template: :1:8: executing "" at <.State.Nope>: map has no entry for key "Nope"'],
    ['a\n{{.Nope}}', 'template: :2:2: executing "" at <.Nope>: map has no entry for key "Nope"'],
    [
      '{{.State.Health.Log}}',
      'template: :1:8: executing "" at <.State.Health.Log>: nil pointer evaluating interface {}.Log',
    ],
    ['{{.Name.X}}', `template: :1:7: executing "" at <.Name.X>: can't evaluate field X in type string`],
    [
      '{{join .Config.Cmd "+"}}',
      'template: :1:14: executing "" at <.Config.Cmd>: wrong type for value; expected []string; got []interface {}',
    ],
    [
      '{{upper .State.Pid}}',
      'template: :1:14: executing "" at <.State.Pid>: wrong type for value; expected string; got json.Number',
    ],
    ['{{upper 1}}', 'template: :1:8: executing "" at <1>: expected string; found 1'],
    ['{{upper}}', 'template: :1:2: executing "" at <upper>: wrong number of args for upper: want 1 got 0'],
    [
      '{{eq .State.Pid 1}}',
      'template: :1:2: executing "" at <eq .State.Pid 1>: error calling eq: incompatible types for comparison',
    ],
    [
      '{{index .Config.Cmd 7}}',
      'template: :1:2: executing "" at <index .Config.Cmd 7>: error calling index: index out of range: 7',
    ],
    ['{{len 3}}', 'template: :1:2: executing "" at <len 3>: error calling len: len of type int'],
    ['{{range .Name}}x{{end}}', `template: :1:8: executing "" at <.Name>: range can't iterate over /sleeper`],
    ['{{template "x"}}', 'template: :1:11: executing "" at <{{template "x"}}>: template "x" not defined'],
    ['{{nil}}', 'template: :1:2: executing "" at <nil>: nil is not a command'],
    ['{{.Name 1}}', 'template: :1:2: executing "" at <.Name>: Name is not a method but has arguments'],
    ['{{"a" 1}}', `template: :1:6: executing "" at <1>: can't give argument to non-function "a"`],
    ['{{call .Name}}', 'template: :1:2: executing "" at <call .Name>: error calling call: call of nil'],
  ])('%s', (source, expected) => check(source, expected))
})

describe('errors while parsing', () => {
  it.each([
    ['{{.State.Pid', 'template: :1: unclosed action'],
    ['{{nope .State.Pid}}', 'template: :1: function "nope" not defined'],
    ['{{.A}', "template: :1: bad character U+007D '}'"],
    ['{{}}', 'template: :1: missing value for command'],
    ['{{if}}x{{end}}', 'template: :1: missing value for if'],
    ['{{if .A}}x', 'template: :1: unexpected EOF'],
    ['{{end}}', 'template: :1: unexpected {{end}}'],
    ['x\n{{else}}', 'template: :2: unexpected {{else}}'],
    ['{{"abc}}', 'template: :1: unterminated quoted string'],
    ['{{$x}}', 'template: :1: undefined variable "$x"'],
    ['{{.A | 1}}', 'template: :1: non executable command in pipeline stage 2'],
    ['{{(.A}}', 'template: :1: unclosed left paren'],
    ['{{.A)}}', 'template: :1: unexpected right paren'],
    ['{{1x}}', 'template: :1: bad number syntax: "1x"'],
    ['{{/* x}}', 'template: :1: unclosed comment'],
    ['{{break}}', 'template: :1: {{break}} outside {{range}}'],
    ['{{range $a, $b, $c := .A}}{{end}}', 'template: :1: too many declarations in range'],
    ['{{1.A}}', 'template: :1: bad number syntax: "1.A"'],
    ['{{"a".B}}', 'template: :1: unexpected . after term "\\"a\\""'],
    ['{{.A ,}}', 'template: :1: unexpected "," in operand'],
    ['{{define x}}{{end}}', 'template: :1: unexpected "x" in define clause'],
    ['{{template .A}}', 'template: :1: unexpected ".A" in template clause'],
    ['{{ä§}}', "template: :1: bad character U+00A7 '§'"],
  ])('%s', (source, expected) => check(source, expected))
})
