/** What is written in a folder, ready to be taken over. */
import { versionTemplate } from '@cadastre/contract/module-pages'
import { question } from '@cadastre/contract/question'
import { Answered } from '../ui/Answered.tsx'
import { CommandStrip } from '../ui/CommandStrip.tsx'
import { Link } from '../ui/Link.tsx'
import { encodePath } from './Diagnostics.tsx'
import styles from './FolderPage.module.css'

type Props = { path: Record<string, string>; folder: string; base: string }

export const FolderCode = ({ path, folder, base }: Props) => (
  <Answered to={question(`${versionTemplate}/code`, { path, query: { folder } })} what="code">
    {({ items, leftOut }) => (
      <>
        {items.map(({ path: file, text, html }) => (
          <section key={file} className={styles.part}>
            <h2>
              <Link to={`${base}/files/${encodePath(file)}`}>
                <code>{file.slice(folder.length + 1)}</code>
              </Link>
            </h2>
            <CommandStrip text={text} html={html} what={file} />
          </section>
        ))}
        {leftOut > 0 && (
          <p>
            <Link to={`${base}/files?below=${encodeURIComponent(folder)}`}>{`${leftOut} more files`}</Link>
          </p>
        )}
      </>
    )}
  </Answered>
)
