/** What a pipeline says of the code that it runs for. Pure. */
import { sourceUrlOf } from './remote-url.ts'

export type CodeSource = { source: string; commit: string; folder: string }

type Environment = Record<string, string | undefined>

/** @returns nothing outside of the pipelines that are known, or where they name no repository on https */
export function ciSource(env: Environment): CodeSource | undefined {
  const said = saidBy(env)
  const source = said && sourceUrlOf(said.remote)
  if (!source) return undefined
  return { source, commit: /^[0-9a-f]{7,64}$/i.test(said.commit) ? said.commit.toLowerCase() : '', folder: '' }
}

function saidBy(env: Environment): { remote: string; commit: string } | undefined {
  const said = (remote: string | undefined, commit: string | undefined) =>
    remote ? { remote, commit: commit ?? '' } : undefined
  if (env.GITHUB_ACTIONS === 'true' && env.GITHUB_REPOSITORY)
    return said(`${env.GITHUB_SERVER_URL ?? 'https://github.com'}/${env.GITHUB_REPOSITORY}`, env.GITHUB_SHA)
  if (env.GITLAB_CI === 'true') return said(env.CI_PROJECT_URL, env.CI_COMMIT_SHA)
  if (env.TF_BUILD?.toLowerCase() === 'true') return said(env.BUILD_REPOSITORY_URI, env.BUILD_SOURCEVERSION)
  // Its own BITBUCKET_GIT_HTTP_ORIGIN begins with http://.
  if (env.BITBUCKET_BUILD_NUMBER && env.BITBUCKET_REPO_FULL_NAME)
    return said(`https://bitbucket.org/${env.BITBUCKET_REPO_FULL_NAME}`, env.BITBUCKET_COMMIT)
  return undefined
}
