// The environment of a session: of the host's own only what is listed here, and what keeps programs from asking for a
// terminal. An editor or extension host has variables that would change what the learner's commands do.

const inherited = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'LC_*',
  'TZ',
  'TMPDIR',
  'XDG_RUNTIME_DIR',
  'XDG_CONFIG_HOME',
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'DOCKER_CONFIG',
  'DOCKER_CERT_PATH',
  'DOCKER_TLS_VERIFY',
  'DOCKER_API_VERSION',
  'CONTAINER_HOST',
  'KUBECONFIG',
  'MINIKUBE_HOME',
  'COLIMA_HOME',
  'SSH_AUTH_SOCK',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'WSL_DISTRO_NAME',
  'WSL_INTEROP',
]

const fixed: Readonly<Record<string, string>> = {
  TERM: 'dumb',
  PAGER: 'cat',
  GIT_PAGER: 'cat',
  MANPAGER: 'cat',
  SYSTEMD_PAGER: 'cat',
  GIT_TERMINAL_PROMPT: '0',
  // Messages of bash and others in English, as in the lessons' listings; the character set stays the learner's.
  LANGUAGE: 'en',
  // Without the "What's next" advertisements of docker's command line.
  DOCKER_CLI_HINTS: 'false',
}

const editorVariables = ['EDITOR', 'VISUAL', 'GIT_EDITOR', 'KUBE_EDITOR']

export type Environment = Record<string, string>

/**
 * @param host the host's environment
 * @param extra variables of the caller; they win
 * @param directory of our own commands: first on PATH, and the home of the editor that refuses
 */
export function sessionEnvironment(host: NodeJS.ProcessEnv, extra: Environment, directory: string): Environment {
  const environment: Environment = {}
  for (const [name, value] of Object.entries(host)) {
    if (value !== undefined && isInherited(name)) environment[name] = value
  }
  if (!['LC_ALL', 'LC_CTYPE', 'LANG'].some((name) => name in environment)) environment['LANG'] = 'C.UTF-8'
  Object.assign(
    environment,
    fixed,
    Object.fromEntries(editorVariables.map((name) => [name, `${directory}/editor`])),
    extra,
  )
  environment['PATH'] = `${directory}:${environment['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'}`
  return environment
}

function isInherited(name: string): boolean {
  return inherited.some((entry) => (entry.endsWith('*') ? name.startsWith(entry.slice(0, -1)) : name === entry))
}
