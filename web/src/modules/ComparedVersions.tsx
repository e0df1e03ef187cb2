/** Which two versions are compared, and any other two. */
import { moduleTemplate } from '@cadastre/contract/module-pages'
import { question } from '@cadastre/contract/question'
import { useRouter } from '@tanstack/react-router'
import { useAnswer } from '../api.ts'
import { pageData } from '../page-data.ts'
import { Link } from '../ui/Link.tsx'
import { Select } from '../ui/Select.tsx'
import styles from './ComparePage.module.css'

type Props = { address: string; from: string; to: string }

export function ComparedVersions({ address, from, to }: Props) {
  const router = useRouter()
  const [namespace = '', name = '', system = ''] = address.split('/')
  const listed =
    useAnswer(question(`${moduleTemplate}/versions`, { path: { namespace, name, system } })).data?.items ?? []
  const versions = [...new Set([...listed.map(({ version }) => version), from, to])]
  const options = Object.fromEntries(versions.map((version) => [` ${version}`, version]))
  const go = (range: string) => router.history.push(`${pageData.basePath}/modules/${address}/compare/${range}`)
  // Keys of an object that look like numbers would come first, whatever their order: hence the space.
  return (
    <span className={styles.versions}>
      <Select
        label="From version"
        options={options}
        value={` ${from}`}
        onChange={(chosen) => go(`${chosen.trim()}...${to}`)}
      />
      <span aria-hidden="true">→</span>
      <Select
        label="To version"
        options={options}
        value={` ${to}`}
        onChange={(chosen) => go(`${from}...${chosen.trim()}`)}
      />
      <Link to={`/modules/${address}/versions`}>All versions</Link>
    </span>
  )
}
