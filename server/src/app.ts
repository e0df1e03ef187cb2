/** The table of contents: every room that answers over HTTP, in order. */
import { countDownloads } from './analytics/downloads.ts'
import { auditApi } from './audit/api.ts'
import { expireOldFacts } from './audit/expiry.ts'
import { keepRefusals } from './audit/refused-attempts.ts'
import { limitAccounts } from './auth/account-limit.ts'
import { apiKeyApi } from './auth/api.ts'
import { limitAttempts } from './auth/attempts.ts'
import { rememberCallers } from './auth/callers.ts'
import { identifyCallers, rememberConnections } from './auth/door.ts'
import { openFastLane } from './auth/fast-lane.ts'
import { identityApi } from './auth/issuers/identity-api.ts'
import { identityProviderApi } from './auth/issuers/issuer-api.ts'
import { issuerPages } from './auth/issuers/pages.ts'
import { noteKeyUses } from './auth/key-uses.ts'
import { forgetOldOneTimes } from './auth/one-time-queries.ts'
import { movedPages } from './auth/pages/moved.ts'
import { openPages } from './auth/pages/scope.ts'
import { setupPage } from './auth/pages/setup.ts'
import { type SignIn, signInPages } from './auth/pages/sign-in.ts'
import { noteRefusedSignIns } from './auth/refused-sign-ins.ts'
import { limitRequests } from './auth/request-limits.ts'
import { sessionApi } from './auth/session-api.ts'
import { identifySessions } from './auth/session-door.ts'
import { forgetOldSessions } from './auth/session-queries.ts'
import { rememberSessions } from './auth/sessions.ts'
import { terraformLoginPages } from './auth/terraform-login/pages.ts'
import { loginTokens } from './auth/terraform-login/token-door.ts'
import { cataloguedModuleApi, cataloguedProviderApi, registriesApi } from './catalogue/artefacts-api.ts'
import { catalogueApi } from './catalogue/catalogue-api.ts'
import { docsIndex } from './catalogue/docs-index.ts'
import { importJobs } from './catalogue/import/job.ts'
import { jobsApi } from './catalogue/jobs-api.ts'
import { refreshJobs } from './catalogue/refresh.ts'
import { openSearchIndex, type SearchIndex } from './catalogue/search/search-index.ts'
import { searchApi } from './catalogue/search-api.ts'
import { searchPartsApi } from './catalogue/search-parts-api.ts'
import { publicRegistry } from './catalogue/superset/public-registry.ts'
import { upstreamProtocol } from './catalogue/upstream-protocol.ts'
import type { App } from './foundation/app.ts'
import { forgetOldChanges } from './foundation/database/changes.ts'
import { type Api, describeRoutes, openApi } from './foundation/http/api.ts'
import { answerCors } from './foundation/http/cors.ts'
import { createHttp, type Http } from './foundation/http/http.ts'
import { observeRequests, observer } from './foundation/http/observe.ts'
import { objectSender } from './foundation/http/stored-object.ts'
import { mirrorApi } from './mirror/api.ts'
import { mirrorProtocol } from './mirror/protocol.ts'
import { moduleApi } from './modules/api.ts'
import { moduleArchives } from './modules/archive-door.ts'
import { moduleDownloadsApi } from './modules/downloads-api.ts'
import { moduleCompareApi } from './modules/interface-diff/api.ts'
import { moduleKnowledgeApi } from './modules/knowledge/api.ts'
import { archivedFiles } from './modules/knowledge/archived-files.ts'
import { moduleCodeApi } from './modules/knowledge/code-api.ts'
import { colouring } from './modules/knowledge/coloured.ts'
import { moduleFilesApi } from './modules/knowledge/files-api.ts'
import { moduleInspectionsApi } from './modules/knowledge/inspections-api.ts'
import { moduleMarkdown } from './modules/knowledge/markdown-twin.ts'
import { modulePartsApi } from './modules/knowledge/parts-api.ts'
import { inspectionJobs } from './modules/knowledge/reinspect.ts'
import { moduleUsageApi } from './modules/knowledge/usage-api.ts'
import { moduleProtocol } from './modules/protocol.ts'
import { modulePublishApi } from './modules/publish-api.ts'
import { checklistApi } from './operations/checklist-api.ts'
import { discovery } from './operations/discovery.ts'
import { docsApi, docsMarkdown } from './operations/docs-api.ts'
import { docsFinder } from './operations/docs-parts.ts'
import { errorPages } from './operations/error-pages.ts'
import { health } from './operations/health.ts'
import { openApiDocument } from './operations/openapi.ts'
import { storageApi } from './operations/storage-api.ts'
import { sweep } from './operations/sweep.ts'
import { activityApi } from './organizations/activity-api.ts'
import { namespaceApi } from './organizations/api.ts'
import { organizationMemberApi, platformMemberApi, roleApi } from './organizations/member-api.ts'
import { organizationApi } from './organizations/organization-api.ts'
import { userApi } from './organizations/user-api.ts'
import { webAssets } from './pages/assets.ts'
import { machineFiles } from './pages/machine-files.ts'
import { pageShell } from './pages/shell.ts'
import { openWebFiles } from './pages/web-files.ts'
import { providerApi } from './providers/api.ts'
import { providerArchives } from './providers/archive-door.ts'
import { providerChangeApi } from './providers/change-api.ts'
import { providerDownloadsApi } from './providers/downloads-api.ts'
import { providerLockApi } from './providers/lock-api.ts'
import { providerProtocol } from './providers/protocol.ts'
import { providerFilesApi, providerPublishApi } from './providers/publish-api.ts'
import { signingKeyApi } from './providers/signing-key-api.ts'

/**
 * @param options.described keeps what the OpenAPI document is printed from; `npm run openapi` does, a server has no use for it
 * @returns the server with all routes, not yet listening, and what has to be written before the process ends
 */
export async function buildHttp(app: App, { described = false } = {}): Promise<{ http: Http; flush(): Promise<void> }> {
  const http = createHttp(app.config, app.log)
  const [callers, attempts, uses, downloads, sessions, refusedSignIns] = [
    rememberCallers(app),
    limitAttempts(app),
    noteKeyUses(app),
    countDownloads(app),
    rememberSessions(app),
    noteRefusedSignIns(app),
  ]
  const observe = observer(app)
  observeRequests(http, observe)
  const door = rememberConnections(callers, uses)
  const limits = limitRequests(app)
  const searchIndex = openSearchIndex(app)
  const lane = openFastLane(http, app, door, limits, observe)
  if (described) await describeRoutes(http)

  health(http, app)
  discovery(http, app)
  errorPages(http)
  docsMarkdown(http)
  const sendObject = objectSender(app)
  moduleArchives(http, app, sendObject)
  providerArchives(http, app, sendObject)
  await loginTokens(http, app, limits)

  await http.register(async (identified) => {
    answerCors(identified, app.config, ['/api/v1', '/v1', '/v2'])
    identifyCallers(identified, door, callers, attempts, uses)
    limits.guard(identified)
    moduleProtocol(identified, lane, app, downloads)
    providerProtocol(identified, lane, app, downloads)
    mirrorProtocol(identified, app)
    upstreamProtocol(identified, lane, app)
    docsIndex(identified, app, searchIndex)
    await identified.register(async (twins) => {
      identifySessions(twins, app, sessions, attempts)
      moduleMarkdown(twins, app)
    })
    await publicRegistry(identified, app, searchIndex)

    await openApi(identified, async (api) => {
      identifySessions(api, app, sessions, attempts)
      keepRefusals(api, app)
      await apiDoors(api, app, searchIndex)
    })
  })

  let signIn!: SignIn
  await openPages(http, app, { sessions, limits }, (pages, forms) => {
    setupPage(pages, app, forms)
    signIn = signInPages(pages, app, forms, { accounts: limitAccounts(app), refused: refusedSignIns })
    issuerPages(pages, app, refusedSignIns)
    terraformLoginPages(pages, app, forms)
    movedPages(pages, app)
  })

  const webFiles = openWebFiles()
  webAssets(http, webFiles)
  machineFiles(http, app)
  await http.register(async (shown) => {
    identifyCallers(shown, door, callers, attempts, uses)
    identifySessions(shown, app, sessions, attempts)
    limits.guard(shown)
    pageShell(shown, app, signIn, webFiles)
  })

  workLater(app)
  const flush = async () => {
    observe.flush()
    await Promise.all([downloads.flush(), uses.flush(), sessions.flush(), refusedSignIns.flush()])
  }
  return { http, flush }
}

/** Everything below `/api/v1`, which is in the OpenAPI document. */
async function apiDoors(api: Api, app: App, searchIndex: SearchIndex): Promise<void> {
  openApiDocument(api)
  namespaceApi(api, app)
  activityApi(api, app)
  organizationApi(api, app)
  roleApi(api)
  organizationMemberApi(api, app)
  platformMemberApi(api, app)
  userApi(api, app)
  apiKeyApi(api, app)
  auditApi(api, app)
  sessionApi(api, app)
  identityProviderApi(api, app)
  identityApi(api, app)
  moduleApi(api, app)
  moduleDownloadsApi(api, app)
  const colours = colouring(app)
  const files = archivedFiles(app)
  moduleKnowledgeApi(api, app)
  modulePartsApi(api, app)
  moduleCompareApi(api, app, files)
  moduleFilesApi(api, app, files, colours)
  moduleUsageApi(api, app, colours)
  moduleCodeApi(api, app, files, colours)
  moduleInspectionsApi(api, app)
  await modulePublishApi(api, app)
  signingKeyApi(api, app)
  providerApi(api, app)
  providerChangeApi(api, app)
  providerDownloadsApi(api, app)
  providerLockApi(api, app)
  await providerFilesApi(api, app)
  await providerPublishApi(api, app)
  storageApi(api, app)
  checklistApi(api, app)
  mirrorApi(api, app)
  searchApi(api, app, searchIndex)
  searchPartsApi(api, app, searchIndex, docsFinder)
  jobsApi(api, app)
  catalogueApi(api, app)
  registriesApi(api, app)
  cataloguedModuleApi(api, app)
  cataloguedProviderApi(api, app)
  docsApi(api, app)
}

/** What nobody waits for: jobs that are asked for, and chores that come round. */
function workLater(app: App): void {
  inspectionJobs(app)
  importJobs(app)
  refreshJobs(app)
  app.jobs.chore('sweep orphaned archives', async () => void (await sweep(app)))
  app.jobs.chore('forget old changes', () => forgetOldChanges(app.db))
  app.jobs.chore('expire old facts', () => expireOldFacts(app))
  app.jobs.chore('forget old sessions', () => forgetOldSessions(app.db))
  app.jobs.chore('forget what was not used once', () => forgetOldOneTimes(app.db))
}
