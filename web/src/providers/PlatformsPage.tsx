/** Every platform of a version, with its sums to copy. */
import { CopyButton } from '../ui/CopyButton.tsx'
import { sizeInWords } from '../ui/size.ts'
import { Table } from '../ui/Table.tsx'
import styles from './PlatformsPage.module.css'
import { ProviderSheet } from './ProviderSheet.tsx'

export const PlatformsPage = () => (
  <ProviderSheet>
    {({ platforms }) => (
      <Table
        caption="Platforms"
        rows={platforms}
        keyOf={({ platform }) => platform}
        columns={[
          { head: 'Platform', isName: true, share: '1.3fr', cell: ({ platform }) => <code>{platform}</code> },
          {
            head: 'SHA-256',
            share: '2fr',
            cell: ({ sha256, platform }) => <Sum text={sha256} what={`SHA-256 of ${platform}`} />,
          },
          { head: 'h1', share: '2fr', cell: ({ h1, platform }) => <Sum text={h1} what={`h1 of ${platform}`} /> },
          {
            head: 'Size',
            share: '0.8fr',
            isNumber: true,
            cell: ({ sizeBytes }) => (sizeBytes === null ? 'not known' : sizeInWords(sizeBytes)),
          },
          { head: 'Downloads', isNumber: true, share: '1.1fr', cell: ({ downloads }) => downloads },
        ]}
      />
    )}
  </ProviderSheet>
)

const Sum = ({ text, what }: { text: string; what: string }) => (
  <span className={styles.sum}>
    <code title={text}>{text}</code>
    <CopyButton text={text} what={what} />
  </span>
)
