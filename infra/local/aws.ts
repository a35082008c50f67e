/** How this machine's tools reach the emulated AWS: an address, an account and a region. */

export interface LocalAws {
  /** `http://127.0.0.1:PORT`; an IP address, so that the SDK puts bucket names into the path */
  endpoint: string
  /** twelve digits; everything but bucket names is apart by account */
  account: string
  region: string
}

/** The account of a started system, unless a test asks for one of its own. */
export const LOCAL_ACCOUNT = '111122223333'
export const LOCAL_REGION = 'eu-central-1'

/** Settings of an SDK client that acts as the account's root: the emulator takes the account number as its access key. */
export const asAdmin = ({ endpoint, account, region }: LocalAws) => ({
  endpoint,
  region,
  credentials: { accessKeyId: account, secretAccessKey: 'test' },
})
