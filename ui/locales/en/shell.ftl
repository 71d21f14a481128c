# The window: navigation, commands, and the few words of the kit.
app-name = Baton
nav-label = Main
nav-today = Today
nav-moods = Mood checks
nav-board = Board
nav-list = Engagements
nav-people = People
nav-exchange = Exchange
nav-settings = Settings
nav-import = Import
nav-firstrun = Welcome

header-search = Search or run a command
header-search-short = Search
palette-label = Search or run a command
palette-placeholder = Type a client, a person, an engagement or a command
palette-empty = Nothing matches. Try fewer letters.
palette-commands = Commands
palette-group = { $kind } ({ $count })
palette-many = more than { $count }
palette-found = { $count ->
    [0] Nothing found in the records
    [one] 1 record found
   *[other] { $count } records found
}
search-kind-account = Clients
search-kind-contact = Contacts
search-kind-engagement = Engagements
search-kind-promise = Promises
search-kind-person = Colleagues
search-kind-product = Products
palette-here = Here

working-as = Working as { $name }
working-as-short = Working as
working-as-nobody = Choose who you are
working-as-change = Switch person
working-as-add = Add a person…
sample-mark = Sample book
saved-here = Saved
pending-count =
    { $count ->
        [one] 1 change waits for another
       *[other] { $count } changes wait for others
    }
deferred-count =
    { $count ->
        [one] 1 change needs a newer Baton
       *[other] { $count } changes need a newer Baton
    }

theme = Theme
theme-system = As the system
theme-light = Light
theme-dark = Dark
language = Language
locale-en = English
locale-qps-plocm = Test language

command-palette = Search or run a command
command-shortcuts = Keyboard shortcuts
command-undo = Undo your last act
command-redo = Redo
command-back = Back
command-theme = Switch between light and dark
command-language = Switch language
command-new-engagement = New engagement
command-zoom-in = Show everything larger
command-zoom-out = Show everything smaller
command-zoom-reset = Show everything in its own size
command-quit = Quit Baton
command-import = Import a file
command-moods = Go through the due mood checks
group-go = Go to
group-here = On this page
group-everywhere = Everywhere
shortcuts-title = Keyboard shortcuts
shortcuts-next-area = Next area of the window
shortcuts-move-focus = Move between cards or rows
shortcuts-open = Open
shortcuts-peek = Peek

area-sidebar = Sidebar
area-content = Page
area-toasts = Messages

toast-undo = Undo
toast-close = Dismiss
undone = Undone
redone = Done again
undone-with-next = Undone. “{ $name }”, the engagement that followed, is gone with it.
undone-with-next-of = Undone. “{ $name }”, the engagement that followed, is gone with it. Work of others went, too: { $people }.
toast-bring-back = Bring it back
undo-left =
    { $count ->
        [one] Undone, except { $fields }: it was changed since.
       *[other] Undone, except { $fields }: they were changed since.
    }
close = Close
cancel = Cancel
save = Save
back = Back
menu-more = More
optional = optional
clear = Clear
loading = Loading…
retry = Try again
expand = Show suggestions
sorted-up = ascending
sorted-down = descending
row-loading = Loading
form-errors =
    { $count ->
        [one] One thing needs your attention
       *[other] { $count } things need your attention
    }
date-unreadable = This is not a date yet. Type it as 2026-12-03, 3 dec, 3.12, +2w or fri.
date-hint = 3 dec, 3.12, +2w, fri or today
amount-unreadable = This is not an amount yet. Type digits, such as 12500 or 12500.50.

page-failed = This page could not be shown.
