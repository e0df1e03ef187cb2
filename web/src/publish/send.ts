/** Sends a body and says how much of it has gone: `fetch` cannot. */
import { question } from '@cadastre/contract/question'
import { asked, queries, Refused } from '../api.ts'
import { pageData } from '../page-data.ts'

/**
 * @param onProgress from 0 to 1
 * @throws Refused when the registry says no, or cannot be reached
 */
export async function send<Body>(url: string, body: Blob, onProgress: (share: number) => void): Promise<Body> {
  const { csrfToken } = await queries.ensureQueryData(asked(question('/api/v1/auth/session')))
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('PUT', `${pageData.basePath}${url}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('x-csrf-token', csrfToken)
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onload = () => {
      if (request.status < 300) return resolve(request.response as Body)
      const reason = { code: 'unreadable-answer', title: 'The registry could not do this', status: request.status }
      reject(new Refused({ ...reason, detail: `The registry answered ${request.status}.`, ...request.response }))
    }
    request.onerror = () =>
      reject(
        new Refused({
          code: 'out-of-reach',
          title: 'The registry cannot be reached',
          status: 0,
          detail: 'The connection ended before all of it had gone.',
          hint: 'Nothing was published. Try again.',
        }),
      )
    request.send(body)
  })
}
