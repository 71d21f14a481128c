# Looking at a file before it is imported.

import-mapping = What stands in which column
import-mapping-from-given = Chosen here.
import-mapping-from-remembered = As chosen the last time for a file with these columns.
import-mapping-from-built-in = As { $system } exports it.
import-mapping-from-names = Found by the names of the columns.
import-mapping-none = Not in the file
import-mapping-missing = Needed
import-sample = The first rows of the file
import-sample-rows = { $count ->
    [one] The file has 1 row.
   *[other] The file has { $count } rows.
}
import-field-external-id = Id of the deal
import-field-account = Client
import-field-product = Product
import-field-owner = Owner
import-field-stage = Stage of the deal
import-field-signed-on = Signed on
import-field-value = Value
import-field-currency = Currency
import-field-name = Name
import-field-running-stage = Stage of the work
import-field-contract-end-on = Contract ends on
import-field-kick-off-on = Kick-off held on
import-take-over = These engagements are already running
import-take-over-hint = Each is taken over at the stage that the file says. What lies before that stage was not run here, and its gates are not asked for.
import-aliases = Written differently
import-alias = “{ $typed }” looks like “{ $known }”
import-alias-rows = { $count ->
    [one] 1 row
   *[other] { $count } rows
}
import-alias-same = It is { $known }
import-alias-keep = Keep { $typed } as typed
import-rows = Row by row
import-rows-outcomes = What becomes of the rows
import-outcome-all = All ({ $count })
import-outcome-chip = { $outcome } ({ $count })
import-outcome-create = New
import-outcome-update = Changed
import-outcome-unchanged = Unchanged
import-outcome-skip = Left out
import-outcome-error = Rejected
import-row-outcome = Outcome
import-row-why = Why
import-row-none = No row of this kind.
import-row-cell = { $reason }: { $column } “{ $cell }”
import-row-change = { $field }: { $before } → { $after }
import-skip-open = The deal is open
import-skip-lost = The deal was lost
import-skip-in-book = It is in this book already
import-reject-save = Save the rejected rows
import-reject-saved = { $count ->
    [one] Saved 1 row. Correct it and import the file again.
   *[other] Saved { $count } rows. Correct them and import the file again.
}
import-progress = How far the import is
import-progress-text = { $done } of { $total }
import-stop = Stop
