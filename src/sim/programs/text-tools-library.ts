// just-bash, in a module of its own so that a bundler can leave it out of what is loaded at start.
export { Bash } from 'just-bash/browser'
