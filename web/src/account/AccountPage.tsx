/** Who the reader is here, what they may do, and how pages behave in this browser. */
import { placeInWords } from '@cadastre/contract/held'
import { question } from '@cadastre/contract/question'
import { scopeMeanings } from '@cadastre/contract/scope-meanings'
import { useState } from 'react'
import { areShortcutsOn, switchShortcuts } from '../shell/shortcut-setting.ts'
import { ThemeSwitch } from '../shell/ThemeSwitch.tsx'
import { Answered } from '../ui/Answered.tsx'
import { Table } from '../ui/Table.tsx'
import styles from './AccountPage.module.css'
import { AccountSheet } from './AccountSheet.tsx'

export const AccountPage = () => (
  <AccountSheet title="Your account">
    <Answered to={question('/api/v1/whoami')} what="account" rows={3}>
      {({ name, grants }) => (
        <>
          <p>
            Signed in as <strong>{name}</strong>.
          </p>
          <Table
            caption="What you may do"
            showCaption
            rows={grants}
            keyOf={({ organization, scopes }) => `${organization} ${scopes.join()}`}
            columns={[
              { head: 'Where', isName: true, cell: ({ organization }) => placeInWords(organization) },
              {
                head: 'What',
                isWide: true,
                cell: ({ scopes }) => scopes.map((scope) => scopeMeanings[scope]).join(', '),
              },
            ]}
          />
        </>
      )}
    </Answered>
    <h2>This browser</h2>
    <ThemeSwitch />
    <ShortcutSwitch />
  </AccountSheet>
)

function ShortcutSwitch() {
  const [isOn, setOn] = useState(areShortcutsOn)
  return (
    <label className={styles.check}>
      <input
        type="checkbox"
        checked={isOn}
        onChange={({ target }) => {
          setOn(target.checked)
          switchShortcuts(target.checked)
        }}
      />
      Single-key shortcuts
    </label>
  )
}
