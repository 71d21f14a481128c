list-title = Engagements
list-grid = Engagements
list-count =
    { $count ->
        [one] 1 engagement
       *[other] { $count } engagements
    }
list-search = Search engagements
list-kind = Stage
list-kind-all = All stages
list-owner = Owner
list-name = Name
list-account = Client
list-stage = Stage
list-signed-on = Signed on
list-value = Value
list-gate = Gate
list-empty = No engagements yet.
list-empty-filter = Nothing matches this filter.
list-open = Open
list-peek = Look at it beside the list
list-peek-title = At a glance
list-peek-close = Close the side view
new-title = New engagement
new-account = Client
new-account-hint = An existing client is found by its name; a new one is added.
new-name = Name
new-name-hint = What was sold, such as “Onboarding, spring”
new-value = Contract value
new-currency = Currency
new-signed-on = Signed on
new-create = Create engagement
new-created = { $name } was created.
new-account-missing = Type the client’s name.
new-name-missing = Type a name for the engagement.
new-value-missing = Type the contract value; 0 if there is none.
new-signed-missing = Type the date on which the contract was signed.
currency-none = No such currency. Type its name or three letters.
list-peek-open-items = Open before the next stage
list-peek-nothing-open = Nothing. The gate is open.
