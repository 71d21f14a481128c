# Colleagues.

people-title = People
people-lead = Everybody who works with the clients here. Roles say who fills what in a checklist.
people-list = Colleagues
people-column-name = Name
people-column-roles = Roles
people-column-owned = Owns
people-column-overrides = Overrides
people-column-actions = Actions
people-owned = { $count ->
    [0] nothing
    [one] 1 engagement
   *[other] { $count } engagements
}
people-overrides = { $count ->
    [0] none
    [one] 1 override
   *[other] { $count } overrides
}
people-roles-none = No role
people-me = You
people-this-is-me = This is me
people-this-is-me-for = This is me: { $name }
people-working-as = You work as { $name } now
people-edit = Edit
people-edit-for = Edit { $name }
people-add = Add a colleague
people-add-title = Add a colleague
people-edit-title = Edit { $name }
people-name = Name
people-name-missing = Give the name.
people-roles = Roles
people-roles-help = One person may hold several.
people-save = Save
people-add-button = Add
people-cancel = Cancel
people-added-toast = { $name } added
people-saved-toast = { $name } saved
people-empty = Nobody is here yet. Add yourself first.

people-role-help-sales = Hands won deals over
people-role-help-project-manager = Runs kick-off and delivery
people-role-help-account-manager = Keeps the client
people-role-help-support = Answers cases
people-role-help-back-office = Documents and money
people-role-help-lead = Sees where the line is stuck, may act for anyone

command-people-add = Add a colleague
