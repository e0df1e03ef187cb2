import { expect, test } from 'vitest'
import { ciSource } from './ci-source.ts'
import { sourceUrlOf } from './remote-url.ts'

test.each([
  ['https://github.com/acme/infra.git', 'https://github.com/acme/infra'],
  ['https://x-access-token:s3cret@github.com/acme/infra', 'https://github.com/acme/infra'],
  ['https://gitlab-ci-token:s3c@ret@gitlab.example.com/acme/infra.git', 'https://gitlab.example.com/acme/infra'],
  ['https://git.example.com/infra.git?private_token=s3cret#x', 'https://git.example.com/infra.git'],
  ['https://acme@dev.azure.com/acme/net/_git/infra', 'https://dev.azure.com/acme/net/_git/infra'],
  ['git@github.com:acme/infra.git', 'https://github.com/acme/infra'],
  ['github.com:acme/infra', 'https://github.com/acme/infra'],
  ['git@gitlab.com:/acme/sub/infra.git', 'https://gitlab.com/acme/sub/infra'],
  ['ssh://git@github.com/acme/infra.git', 'https://github.com/acme/infra'],
  ['ssh://git@ssh.github.com:443/acme/infra.git', 'https://github.com/acme/infra'],
  ['ssh://git@git.example.com:2222/infra.git', 'https://git.example.com/infra.git'],
  ['git+ssh://git@GitHub.com/acme/infra.git', 'https://github.com/acme/infra'],
  ['git@ssh.dev.azure.com:v3/acme/My%20Net/infra', 'https://dev.azure.com/acme/My%20Net/_git/infra'],
  ['acme@vs-ssh.visualstudio.com:v3/acme/net/infra', 'https://dev.azure.com/acme/net/_git/infra'],
])('%s is %s', (remote, url) => {
  expect(sourceUrlOf(remote)).toBe(url)
})

test.each([
  '',
  '/srv/git/infra.git',
  '../infra',
  'C:/git/infra',
  'C:\\git\\infra',
  'file:///srv/git/infra.git',
  'http://git.example.com/infra',
  'git://git.example.com/infra',
  'work:acme/infra.git',
  'ext::sh -c "touch /tmp/x"',
  'git@ssh.dev.azure.com:v3/acme',
  '--upload-pack=touch /tmp/x',
  '-oProxyCommand=x.y:z',
  'https://',
  'https://github.com',
  'git@exa mple.com:x/y',
])('%j has no address on https', (remote) => {
  expect(sourceUrlOf(remote)).toBeUndefined()
})

const commit = '3f2a91c07be5d2a1c6f0e4b7a8d9c3e2f1a0b4d5'

test.each<[string, Record<string, string>, string]>([
  [
    'GitHub Actions',
    {
      GITHUB_ACTIONS: 'true',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'acme/infra',
      GITHUB_SHA: commit,
    },
    'https://github.com/acme/infra',
  ],
  [
    'GitLab CI',
    { GITLAB_CI: 'true', CI_PROJECT_URL: 'https://gitlab.example.com/acme/infra', CI_COMMIT_SHA: commit },
    'https://gitlab.example.com/acme/infra',
  ],
  [
    'Azure Pipelines',
    {
      TF_BUILD: 'True',
      BUILD_REPOSITORY_URI: 'https://acme@dev.azure.com/acme/net/_git/infra',
      BUILD_SOURCEVERSION: commit,
    },
    'https://dev.azure.com/acme/net/_git/infra',
  ],
  [
    'Bitbucket',
    { BITBUCKET_BUILD_NUMBER: '7', BITBUCKET_REPO_FULL_NAME: 'acme/infra', BITBUCKET_COMMIT: commit },
    'https://bitbucket.org/acme/infra',
  ],
])('%s says from which repository and commit', (_name, env, source) => {
  expect(ciSource(env)).toEqual({ source, commit, folder: '' })
})

test.each<Record<string, string>>([
  {},
  { GITHUB_REPOSITORY: 'acme/infra', GITHUB_SHA: commit },
  { GITHUB_ACTIONS: 'true' },
  { GITLAB_CI: 'true', CI_PROJECT_URL: 'http://gitlab.internal/acme/infra', CI_COMMIT_SHA: commit },
  { TF_BUILD: 'True', BUILD_REPOSITORY_URI: 'C:\\agent\\work', BUILD_SOURCEVERSION: '$/net' },
])('%j says nothing', (env) => {
  expect(ciSource(env)).toBeUndefined()
})
