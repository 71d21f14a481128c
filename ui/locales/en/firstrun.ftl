firstrun-title = Welcome to Baton
firstrun-lead = Baton carries a client from the signed contract to the renewal. Everything stays on this laptop until you hand it on.
firstrun-who = Who are you?
firstrun-who-hint = Your name stands in the history beside everything you do.
firstrun-pick = Which of these is you?
firstrun-pick-hint = These people came with the imported file.
firstrun-pick-search = Your name
firstrun-pick-none = No such name. Add yourself instead.
firstrun-this-is-me = This is me
firstrun-not-listed = I am not in this list
firstrun-name = Your name
firstrun-roles = What you do
firstrun-roles-hint = Choose every role you have. You can change it later.
firstrun-roles-missing = Choose at least one role.
firstrun-name-missing = Type your name.
firstrun-currency = Currency
firstrun-currency-hint = For amounts that come without one.
firstrun-continue = Continue
firstrun-start = How do you want to begin?
firstrun-import = Import won deals
firstrun-import-hint = A CSV file from your CRM. You see what it does before anything is saved.
firstrun-sample = Look around in a sample book
firstrun-sample-hint = Made-up clients and engagements, marked as a sample. They never mix with real ones.
firstrun-empty = Start empty
firstrun-empty-hint = Type your first engagement yourself.
firstrun-sample-done =
    { $count ->
        [one] The sample book is here: 1 engagement.
       *[other] The sample book is here: { $count } engagements.
    }

import-title = Import
import-what = What is in the file
import-deals = Won deals
import-accounts = Clients
import-products = Products
import-file = File
import-file-hint = CSV or Excel (XLSX), up to 256 MB. Importing the same file again is safe.
import-drop = Or drop a file here
import-choose-other = Choose another file
import-order = How are dates written in this file?
import-order-ymd = Year first: 2026-12-03
import-order-dmy = Day first: 03.12.2026
import-order-mdy = Month first: 12/03/2026
import-currency = Currency of amounts without one
import-currency-workspace = As the workspace
import-preview-title = What the import will do
import-reading = Reading the file…
import-created = New
import-updated = Changed
import-unchanged = Unchanged
import-skipped = Left out
import-skipped-why = Left out: { $what }.
import-skipped-deals =
    { $count ->
        [one] 1 deal that is open or lost
       *[other] { $count } deals that are open or lost
    }
import-skipped-in-book =
    { $count ->
        [one] 1 row about an engagement that is in this book already
       *[other] { $count } rows about engagements that are in this book already
    }
import-rejected = Rejected
import-sum = Value
import-along =
    Also added: { $accounts ->
        [one] 1 client
       *[other] { $accounts } clients
    }, { $people ->
        [one] 1 person
       *[other] { $people } people
    }.
import-notices = Assumed
import-notice-date-order-assumed = Dates were read as { $order }: nothing else fits this file.
import-notice-currency-assumed = Amounts without a currency were read as { $currency }.
import-notice-product-looks-like =
    { $rows ->
        [one] “{ $typed }” looks like “{ $known }” (1 row). It was kept as typed.
       *[other] “{ $typed }” looks like “{ $known }” ({ $rows } rows). It was kept as typed.
    }
import-notice-account-looks-like =
    { $rows ->
        [one] The client “{ $typed }” looks like “{ $known }” (1 row). It was kept as typed.
       *[other] The client “{ $typed }” looks like “{ $known }” ({ $rows } rows). It was kept as typed.
    }
import-notice-already-in-book =
    { $rows ->
        [one] 1 row has the id of an engagement of this book. It was left out, so that nothing is doubled.
       *[other] { $rows } rows have the ids of engagements of this book. They were left out, so that nothing is doubled.
    }
import-notice-encoding-assumed = The file does not say how its letters are encoded. It was read as { $encoding }, because that spells words.
import-notice-thousands-assumed =
    { $rows ->
        [one] “{ $cell }” in { $column } was read as thousands, in 1 row: nothing else in the column tells. If it has decimals, write two of them in the file and choose it again.
       *[other] Amounts such as “{ $cell }” in { $column } were read as thousands, in { $rows } rows: nothing else in the column tells. If they have decimals, write two of them in the file and choose it again.
    }
import-notice-header-repeated = Two columns are called “{ $header }”. The first one is used; the later one is known as “{ $again }”.
import-order-name-ymd = year, month, day
import-order-name-dmy = day, month, year
import-order-name-mdy = month, day, year
import-rejections = Rejected rows
import-rejections-more = The first { $shown } of { $count } are shown.
import-line = Line
import-column = Column
import-cell = Cell
import-reason = Reason
rejection-amount-unreadable = The amount cannot be read
rejection-date-unreadable = The date cannot be read
rejection-account-missing = The client is missing
rejection-name-missing = The name is missing
rejection-field-count = The row has more or fewer cells than the header
rejection-currency-unknown = The currency is not known
rejection-stage-unknown = This is no stage at which work can be taken over
rejection-date-missing = The date is missing
rejection-amount-missing = The amount is missing
rejection-quote-unclosed = A quotation mark opens and never closes
rejection-amount-ambiguous = The amount can be read in two ways
rejection-amount-negative = The amount is below zero
rejection-amount-too-large = The amount is too large
rejection-currency-differs = The amount names another currency
rejection-text-too-long = The text is too long
rejection-repeated = It stands on an earlier line already
rejection-parent-is-itself = The company would belong to itself
rejected-row = Line { $line }: { $reason }
rejected-cell = Line { $line }, { $column }: { $reason }
rejection-other = The row cannot be read ({ $code })
import-run =
    { $count ->
        [0] Nothing to import
        [one] Import 1 row
       *[other] Import { $count } rows
    }
import-nothing = The file brings nothing new.
import-done = Imported: { $created } new, { $updated } changed.
import-result-title = Imported
import-to-board = Go to the board
import-again = Import another file
