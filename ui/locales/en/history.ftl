# What happened, in words.

history-label = What happened to this engagement
history-empty = Nothing was recorded yet.
history-person-none = Nobody named
history-device-here = this laptop
history-device = laptop { $device }
history-undo = Undo
history-undone = Undone later
history-is-undo = Takes back an earlier change
history-restore = Restore
history-restore-for = Restore { $field }: { $value }
history-restored-toast = Restored: { $field }
history-lost = Written at the same time elsewhere and not shown; kept here
history-before = Before
history-after = After
history-nothing = empty
history-column-at = When
history-column-person = Who
history-column-act = What
history-yes = Yes
history-no = No
history-more = { $count ->
    [one] 1 more change
   *[other] { $count } more changes
}

## Commands as they stand in the history

history-act-create-person = Added a colleague
history-act-update-person = Changed a colleague
history-act-choose-currency = Chose the currency
history-act-load-sample = Loaded the sample book
history-act-create-engagement = Created the engagement
history-act-rename-engagement = Renamed the engagement
history-act-delete-engagement = Deleted the engagement
history-act-restore-engagement = Restored the engagement
history-act-fill-handover = Wrote in the handover
history-act-submit-handover = Submitted the handover
history-act-withdraw-handover = Took the handover back
history-act-verify-brief = Verified the brief
history-act-return-handover = Returned the handover
history-act-accept-handover = Accepted the handover
history-act-reopen-handover = Reopened the handover
history-act-log-promise = Logged a promise
history-act-judge-promise = Judged a promise
history-act-settle-promise = Settled a promise
history-act-delete-promise = Deleted a promise
history-act-tick-item = Ticked an item
history-act-untick-item = Opened an item again
history-act-move-stage = Moved the engagement
history-act-override-gate = Opened the gate with a reason
history-act-undo = Undid a change
history-act-redo = Redid a change
history-act-restore = Restored an earlier value
history-act-import-deals = Imported deals
history-act-import-accounts = Imported accounts
history-act-import-products = Imported products
history-act-import-bundle = Took in a colleague's changes
history-act-export-bundle = Made a bundle
history-act-unknown = Changed something

## What a line is about

history-kind-create = Created
history-kind-set = Changed
history-kind-tick = Ticked
history-kind-append = Added
history-kind-move = Moved
history-kind-override = Opened with a reason
history-kind-offer = Offered
history-kind-accept = Accepted
history-kind-delete = Deleted
history-kind-restore = Restored

history-entity-account = Account
history-entity-contact = Contact
history-entity-engagement = Engagement
history-entity-handover = Handover
history-entity-person = Colleague
history-entity-product = Product
history-entity-promise = Promise
history-entity-workspace = Workspace
history-entity-device = Laptop
history-entity-other = Record

history-field-name = Name
history-field-account = Account
history-field-owner = Owner
history-field-owner-id = Owner
history-field-product = Product
history-field-template = Template
history-field-template-id = Template
history-field-value = Value
history-field-value-minor = Value
history-field-currency = Currency
history-field-signed-on = Signed
history-field-stage = Stage
history-field-state = State
history-field-verdict = Verdict
history-field-wording = Wording
history-field-kind = Kind
history-field-promised-by = Promised by
history-field-promised-to = Promised to
history-field-promised-on = Promised on
history-field-due-on = Due on
history-field-channel = Where
history-field-visible-to-client = Client sees it
history-field-reason = Reason
history-field-receiver = Receiver
history-field-receiver-id = Receiver
history-field-roles = Roles
history-field-comments = Comments
history-field-held-on = Meeting held on
history-field-people = Present
history-field-minutes = Minutes
history-field-rating = Rating
history-field-items = Items
history-field-points = Points
history-field-verification = Verification
history-field-deleted = Deleted
history-field-seller = Seller
history-field-product-name = Product
history-field-leg = Handover
history-field-filled = Points filled
history-field-mandatory = Points needed
history-field-as-lead = As lead
history-field-by-writer = By the writer
history-field-return = Comments
history-field-withdrawal = Taken back
history-field-reopening = Reason
history-field-retraction = Taken back
history-field-from = From
history-field-to = To
history-field-none-made = No promises were made
history-word-delivery = to delivery
history-word-account = to the account manager
