# Clients, the people there, and what stands between them and us.

nav-accounts = Clients
nav-account = Client

accounts-count = { $count ->
    [one] 1 client
   *[other] { $count } clients
}
accounts-grid = Clients
accounts-search = Search clients
accounts-states = State
accounts-state-all = All
account-state-new = New
account-state-active = Active
account-state-dormant = Dormant
account-state-churned = Churned
accounts-name = Name
accounts-state = State
accounts-engagements = Engagements
accounts-engagements-of = { $active } of { $count } active
accounts-engagements-none = none
accounts-owner = Owner
accounts-mood = Client mood
accounts-contract-end = Contract ends
accounts-empty = No clients yet. They come with engagements, with an import, or one by one.
accounts-empty-filter = Nothing matches this filter.
accounts-clear-filter = Clear filter
accounts-add = Add a client
accounts-add-title = Add a client
accounts-add-button = Add
accounts-added = { $name } was added

account-edit = Edit
account-edit-title = Edit { $name }
account-saved = { $name } saved
account-name = Name
account-name-missing = Type the client’s name.
account-sector = Sector
account-country = Country
account-parent = Belongs to
account-parent-hint = The name of the company that owns this one
account-owner-none = nobody
account-fact-unknown = not known
account-to-list = All clients
account-facts = About the client
account-engagements = Engagements
account-engagements-empty = No engagements with this client yet.
account-contacts = People at the client
account-contacts-empty = Nobody is known there yet.
account-from-handovers = Named in handovers
account-from-handovers-lead = These people stand in a handover and are no contacts yet.
account-from-handover-of = { $point } of { $engagement }

contact-add = Add a contact
contact-add-title = Add a contact
contact-add-button = Add
contact-add-this = Add as contact
contact-add-this-for = Add as contact: { $name }
contact-added = { $name } was added
contact-edit = Edit
contact-edit-for = Edit { $name }
contact-saved = { $name } saved
contact-remove = Remove
contact-remove-for = Remove { $name }
contact-removed = { $name } was removed
contact-name = Name
contact-name-missing = Type the name.
contact-kind = What they are to us
contact-kind-none = Not said
contact-kind-decision-maker = Decision maker
contact-kind-champion = Champion
contact-kind-technical = Technical
contact-kind-billing = Billing
contact-kind-user = User
contact-position = Position
contact-email = E-mail
contact-phone = Phone
contact-language = Language
contact-note = Note

similar-same = This client is here already:
similar-close = Is it one of these?
similar-take = Use { $name }

command-account-edit = Edit the client
command-contact-add = Add a contact
